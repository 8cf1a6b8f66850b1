"""Who may do a deciding act, and who stands in for whom, as rows over a paper: the content of decision tables.

Conditions become disjunctions of rows; a row says of each column which values it allows. What is no attribute of
the paper (how many portfolios it touches, who is absent, how a clause is read) is a column of its own. That a
norm yields to others is a column for each of those, filled by a table of its own. Of stand-ins, the office of who
is away, the state he is in and whether a delegation was given are columns too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guize.wording import Wording
from model import expressions as ex
from model.absence import ABSENT_STATES
from model.graphs.routes import offices_in
from model.norms import Norm, Power, StandIn
from model.ruleset import RuleSet

TRUE, FALSE = "true", "false"
PRINCIPAL, STATE, DELEGATED = "absent_office", "absence_state", "delegated"
Row = dict[str, frozenset[str]]
"""For each column that matters, the values allowed."""


@dataclass(frozen=True)
class Column:
    """An input. `kind`: attribute, reading, circumstance (true or false), norm (whether another one applies), or
    absence (who is away, why, and whether somebody was asked to stand in)."""

    id: str
    kind: str
    label: str
    domain: tuple[str, ...]
    boolean: bool


@dataclass(frozen=True)
class Rule:
    """One row of a table: what the paper must be, and what follows by which norm."""

    norm: str
    when: Row


@dataclass(frozen=True)
class Table:
    """`subject` is the act decided on or passed on, or the id of a norm whose applying others depend on."""

    subject: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]


class Tables:
    """The tables of one rule set, which share their columns."""

    def __init__(self, words: Wording) -> None:
        self.words, self.rules = words, words.rules
        self._columns: dict[str, Column] = {}
        self.circumstances: dict[str, str] = {}
        """By column of the kind `circumstance`, the expression it stands for."""
        self.asked: dict[str, str] = {}
        """By column of the kind `norm`, the norm's id."""

    def of_act(self, act: str) -> Table:
        """The powers over an act: when each is in force. Rows may overlap: then several norms apply at once."""
        powers = [p for p in self.rules.powers.values() if p.act == act]
        return self._table(act, powers)

    def of_stand_ins(self, act: str) -> Table:
        """The norms by which somebody stands in at an act: for the holder of which office, away for what."""
        return self._table(act, [n for n in self.rules.stand_ins if n.passes(act)])

    def of_norm(self, norm_id: str) -> Table:
        """When a norm is in force that others yield to."""
        return self._table(norm_id, [self.rules.lookup(norm_id)])

    def needed(self, *tables: Table) -> tuple[str, ...]:
        """The norms on whose applying the tables depend, and those on which they depend, each after what it needs."""
        found: dict[str, None] = {}

        def visit(norms: tuple[str, ...]) -> None:
            for norm in norms:
                if norm not in found:
                    visit(self._yields(self.of_norm(norm)))
                    found[norm] = None

        for table in tables:
            visit(self._yields(table))
        return tuple(found)

    def _table(self, subject: str, norms: Sequence[Norm]) -> Table:
        rules = [Rule(n.id, row) for n in norms for row in self.rows(n)]
        used = dict.fromkeys(c for r in rules for c in r.when)
        return Table(subject, tuple(self._columns[c] for c in used), tuple(rules))

    def _yields(self, table: Table) -> tuple[str, ...]:
        return tuple(self.asked[c.id] for c in table.columns if c.kind == "norm")

    # rows

    def rows(self, norm: Norm) -> list[Row]:
        """The rows under which a norm is in force."""
        found: list[Row] = [{}]
        for reading, choice in norm.under:
            found = _meet(found, [self._reading(reading, frozenset({choice}))])
        found = _meet(found, self.cond(norm.when, True))
        if isinstance(norm, Power) and norm.delegation is not None:
            label = self.words.pick("已经授权：", "authorised by: ") + self.words.actors(norm.delegation)
            found = _meet(found, [self._circumstance(f"authorised {norm.id}", label, True)])
        if isinstance(norm, StandIn):
            found = _meet(self._away(norm), found)
        for superior in self.rules.superiors.get(norm.id, ()):
            found = _meet(found, [self._norm(superior)])
        return found

    def _away(self, norm: StandIn) -> list[Row]:
        """For whom a norm names a stand-in, in which states, and whether only by delegation."""
        pick, offices = self.words.pick, tuple(self.rules.vocabulary.offices)
        columns = (
            Column(PRINCIPAL, "absence", pick("不在岗的负责同志（职务）", "who is away (office)"), offices, False),
            Column(STATE, "absence", pick("不在岗的原因", "why he is away"), ABSENT_STATES, False),
            Column(DELEGATED, "absence", pick("已经委托", "a delegation was given"), (FALSE, TRUE), True),
        )
        for column in columns:
            self._columns.setdefault(column.id, column)
        delegated = frozenset({TRUE} if norm.delegation is not None else {FALSE, TRUE})
        return [{PRINCIPAL: offices_in(self.rules, norm.principals), STATE: norm.states, DELEGATED: delegated}]

    def cond(self, node: ex.Cond, wanted: bool) -> list[Row]:
        """The rows under which a condition is `wanted`."""
        v = self.rules.vocabulary
        match node:
            case ex.Const(value):
                return [{}] if value == wanted else []
            case ex.Flag(name) if name in v.terms:
                return self.cond(v.terms[name].condition, wanted)
            case ex.Flag(name):
                return [self._attribute(name, frozenset({TRUE if wanted else FALSE}))]
            case ex.Is(attribute, values):
                return self._either(attribute, frozenset(values), wanted)
            case ex.IsNot(attribute, value):
                return self._either(attribute, frozenset({value}), not wanted)
            case ex.Reading(reading, choice):
                domain = frozenset(v.readings[reading].domain)
                allowed = frozenset({choice}) if wanted else domain - {choice}
                return [self._reading(reading, allowed)] if allowed else []
            case ex.Not(of):
                return self.cond(of, not wanted)
            case ex.And(parts) | ex.Or(parts):
                together = isinstance(node, ex.And) == wanted
                found: list[Row] = [{}] if together else []
                for part in parts:
                    rows = self.cond(part, wanted)
                    found = _meet(found, rows) if together else [*found, *rows]
                return found
            case _:
                return [self._circumstance(str(node), self.words.condition(node), wanted)]

    def _either(self, attribute: str, values: frozenset[str], wanted: bool) -> list[Row]:
        domain = frozenset(self.rules.vocabulary.attributes[attribute].domain)
        allowed = values if wanted else domain - values
        return [self._attribute(attribute, allowed)] if allowed else []

    def _attribute(self, name: str, allowed: frozenset[str]) -> Row:
        found = self.rules.vocabulary.attributes[name]
        self._columns.setdefault(
            name, Column(name, "attribute", self.words.label(found.label), found.domain, found.boolean)
        )
        return {name: allowed}

    def _reading(self, name: str, allowed: frozenset[str]) -> Row:
        found = self.rules.vocabulary.readings[name]
        column = f"reading_{name}"
        self._columns.setdefault(column, Column(column, "reading", self.words.label(found.label), found.domain, False))
        return {column: allowed}

    def _circumstance(self, text: str, label: str, wanted: bool) -> Row:
        known = [c for c in self._columns.values() if c.kind == "circumstance" and c.label == label]
        column = known[0].id if known else f"circumstance_{len(self.circumstances) + 1}"
        self._columns.setdefault(column, Column(column, "circumstance", label, (FALSE, TRUE), True))
        self.circumstances[column] = text
        return {column: frozenset({TRUE if wanted else FALSE})}

    def _norm(self, norm_id: str) -> Row:
        column = "applies_" + norm_id.replace(".", "_")
        label = self.words.pick("适用 ", "applies: ") + self.words.of(self.rules.lookup(norm_id))
        self._columns.setdefault(column, Column(column, "norm", label, (FALSE, TRUE), True))
        self.asked[column] = norm_id
        return {column: frozenset({FALSE})}


def _meet(one: list[Row], two: list[Row]) -> list[Row]:
    """Every row of the one with every row of the other, without those that allow nothing."""
    found: list[Row] = []
    for a in one:
        for b in two:
            both = {**a, **b}
            for column in a.keys() & b.keys():
                both[column] = a[column] & b[column]
            if all(both.values()) and both not in found:
                found.append(both)
    return found


def decisive_acts(rules: RuleSet) -> tuple[str, ...]:
    """The deciding acts that some power is about."""
    return tuple(dict.fromkeys(p.act for p in rules.powers.values() if rules.is_decisive(p.act)))
