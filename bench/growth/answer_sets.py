"""The same questions put to clingo: a rule set as facts for `competence.lp`, grounded once, then solved.

Relations between officials and exclusions of absences are left out, as in `fresh_queries`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import clingo

from bench.growth.fresh_queries import UnsupportedError
from bench.growth.questions import ABSENCES, Verdicts, questions
from model import absence, plainness
from model import expressions as ex
from model.norms import Deontic, Norm
from model.ruleset import RuleSet
from model.situation import make_cast, portfolio_holders

MEANING = Path(__file__).with_name("competence.lp")
PLAINNESS = Path(__file__).with_name("plainest.lp")


def by_answer_sets(rules: RuleSet) -> Verdicts:
    """One grounding, and for each number of absences one search for all that some answer set has (brave reasoning)."""
    control = clingo.Control(["--warn=none", "--enum-mode=brave", "0"])
    control.load(str(MEANING))
    control.add("base", [], Facts(rules).text)
    control.ground([("base", [])])
    found = {number: _somewhere(control, number) for number in ABSENCES}
    for stage in rules.stages:
        for question in questions(stage):
            asked = ("loops" if question.loop else "stuck", _term(stage.id))
            yield question.name, asked in found[question.absences]


def _somewhere(control: clingo.Control, absences: int) -> set[tuple[str, str]]:
    """What is shown in some answer set with so few absences: the predicate and the stage."""
    few = clingo.Function("away_at_most", [clingo.Number(absences)])
    found: set[tuple[str, str]] = set()
    with control.solve(assumptions=[(few, True)], yield_=True) as handle:
        for model in handle:  # each adds to what the ones before had
            found = {(x.name, str(x.arguments[0])) for x in model.symbols(shown=True)}
        if handle.get().unknown:
            raise RuntimeError("clingo gave up")
    return found


def plainest(rules: RuleSet, stages: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Of each stage that can be stuck, the cost of the plainest situation that shows it (`model.plainness.cost`)."""
    control = clingo.Control(["--warn=none", "--opt-mode=opt", "--opt-strategy=usc"])
    control.load(str(MEANING))
    control.load(str(PLAINNESS))
    facts = Facts(rules)
    facts.weights()
    control.add("base", [], facts.text)
    control.ground([("base", [])])
    few = clingo.Function("away_at_most", [clingo.Number(max(ABSENCES))])
    found: dict[str, tuple[int, int]] = {}
    for stage in stages:
        asked = clingo.Function("stuck", [clingo.parse_term(_term(stage))])
        with control.solve(assumptions=[(asked, True), (few, True)], yield_=True) as handle:
            for model in handle:  # each is plainer than the one before
                absences, weights = model.cost
                found[stage] = (absences, weights)
            if handle.get().unknown:
                raise RuntimeError("clingo gave up")
    return found


class Facts:
    """A rule set as facts: one number an expression, equal expressions once."""

    def __init__(self, rules: RuleSet) -> None:
        if rules.vocabulary.relations or rules.absence_exclusions:
            raise UnsupportedError("relations and exclusions of absences")
        self.rules, self.cast = rules, make_cast(rules)
        self.lines: list[str] = []
        self.nodes: dict[tuple[ex.Node, str], int] = {}
        self.uppers: dict[tuple[ex.Node, str], tuple[str, ...]] = {}
        self._situations()
        for norm in [*rules.norms.values(), *rules.powers.values()]:
            self._superiors(norm)
        for power in rules.powers.values():
            self._power(power.id)
        self._stand_ins()
        self._stages()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def say(self, name: str, *arguments: object) -> None:
        self.lines.append(f"{name}({','.join(map(_term, arguments))})." if arguments else f"{name}.")

    # a situation

    def _situations(self) -> None:
        v = self.rules.vocabulary
        for state in absence.STATES.values():
            self.say("cause_or_present", state.id)
            if state.can_delegate:
                self.say("can_delegate", state.id)
        for rank, official in enumerate(self.cast.ids):
            self.say("official", official)
            self.say("rank", official, rank)
        for official in portfolio_holders(self.rules, self.cast):
            self.say("portfolio", official)
        for body in v.bodies:
            self.say("body", body)
        for attribute in v.attributes.values():
            name = attribute.id
            self.say("attribute", name)
            self.say("plainest", name, attribute.plainest)
            for value in attribute.domain:
                self.say("domain", name, value)
        for reading in v.readings.values():
            for choice in reading.domain:
                self.say("choice", reading.id, choice)
        for role in v.roles.values():
            self.say("role_of", role.id, self.node(role.among), self.node(role.papers))
            for actor in self.upper(role.among):
                if actor in self.cast.ids:
                    self.say("may_hold", role.id, actor)
        for fact in self.rules.facts:
            self.say("fact", self.node(fact.condition))
        for number in ABSENCES:
            self.say("most", number)

    def weights(self) -> None:
        """What is not plain, with what it costs."""
        v = self.rules.vocabulary
        for state in absence.ABSENT_STATES:
            self.say("state_weight", state, plainness.state_weight(state))
        for attribute in v.attributes.values():
            for index, value in enumerate(attribute.domain):
                self.say("value_weight", attribute.id, value, plainness.attribute_weight(index))
        for official in portfolio_holders(self.rules, self.cast):
            self.say("touch_weight", official, plainness.touch_weight(self.rules, self.cast[official].office))
        for reading in v.readings.values():
            for index, choice in enumerate(reading.domain):
                self.say("reading_weight", reading.id, choice, plainness.READING * index)
        self.say("given_weight", plainness.DELEGATION)

    # norms

    def _superiors(self, norm: Norm) -> None:
        for other in self.rules.superiors.get(norm.id, ()):
            self.say("superior", norm.id, other)
            if other not in self.rules.powers:
                self._norm(self.rules.lookup(other))

    def _norm(self, norm: Norm) -> None:
        self.say("norm", norm.id, self.node(norm.when))
        self._under(norm)

    def _under(self, norm: Norm) -> None:
        for reading, choice in norm.under:
            self.say("under_reading", norm.id, reading, choice)

    def _power(self, name: str) -> None:
        power = self.rules.powers[name]
        self._norm(power)
        self.say("power", name, power.act)
        self.say("seats", name, self.node(power.by))
        for actor in self.upper(power.by):
            self.say("may_be_seat", name, actor)
        if power.may:
            self.say("may", name)
        if power.joint:
            self.say("joint", name)
        if power.delegation is not None:
            self.say("authorised_by", name, self.node(power.delegation))
            for actor in self.upper(power.delegation):
                if actor in self.cast.ids:
                    self.say("may_authorise", name, actor)

    def _stand_ins(self) -> None:
        acts = {p.act for p in self.rules.powers.values()}
        for norm in self.rules.stand_ins:
            self._under(norm)
            self.say("principals", norm.id, self.node(norm.principals))
            for state in sorted(norm.states):
                self.say("covers", norm.id, state)
            for act in sorted(a for a in acts if norm.passes(a)):
                self.say("passes", norm.id, act)
            if norm.chain:
                self.say("chain", norm.id)
            if norm.by_rank:
                self.say("by_rank", norm.id)
            for official in self.upper(norm.principals):
                if official not in self.cast.ids:
                    continue
                self.say("stand_in", norm.id, official)
                self.say("by", norm.id, official, self.node(norm.by, official))
                self.say("when", norm.id, official, self.node(norm.when, official))
                if norm.delegation is not None:
                    self.say("delegation", norm.id, official, self.node(norm.delegation, official))
                for candidate in self.upper(norm.by, official):
                    if candidate != official:
                        self.say("may_stand_in", norm.id, official, candidate)

    def _stages(self) -> None:
        for stage in self.rules.stages:
            for power in stage.powers:
                self.say("alternative", stage.id, power.id)
            if stage.id == stage.act:
                for duty in self.rules.requirements.get(stage.act, ()):
                    assert isinstance(duty, Deontic)
                    self._norm(duty)
                    self.say("required", stage.id, duty.id, self.node(duty.unless))
        for body, chairs in self.rules.chairs.items():
            for chair in chairs:
                self.say("chair", body, chair)

    # expressions

    def node(self, node: ex.Node, principal: str = "") -> int:
        """The number of an expression, about one principal if it speaks of him."""
        if principal and not any(n == ex.Name(ex.PRINCIPAL) for n in node.walk()):
            principal = ""
        key = (node, principal)
        if key not in self.nodes:
            self.nodes[key] = len(self.nodes)
            self._describe(self.nodes[key], node, principal)
        return self.nodes[key]

    def _described(self, number: int, name: str, *parts: int) -> None:
        """An expression by its parts, in order."""
        self.say(name, number, *parts)
        for part in parts:
            self.say("part", number, part)

    def _among(self, number: int, name: str, parts: tuple[ex.Node, ...], principal: str) -> None:
        """An expression whose parts have no order."""
        self.say(name, number)
        for part in parts:
            self.say("part", number, self.node(part, principal))

    def _describe(self, number: int, node: ex.Node, principal: str) -> None:
        match node:
            case ex.Const(value):
                if value:
                    self.say("true", number)
            case ex.Flag(name) if name in self.rules.vocabulary.terms:
                self._among(number, "disjunction", (self.rules.vocabulary.terms[name].condition,), principal)
            case ex.Flag(name):
                self.say("is", number, name, "true")
            case ex.Is(attribute, values):
                for value in values:
                    self.say("is", number, attribute, value)
            case ex.IsNot(attribute, value):
                self.say("is_not", number, attribute, value)
            case ex.Some(of):
                self._described(number, "some", self.node(of, principal))
            case ex.Count(of, op, size):
                if op == "=":
                    parts = (ex.Count(of, ">=", size), ex.Count(of, "<=", size))
                    self._among(number, "conjunction", parts, principal)
                else:
                    inner = self.node(of, principal)
                    self.say("part", number, inner)
                    self.say("at_least" if op == ">=" else "at_most", number, inner, size)
            case ex.Reading(reading, choice):
                self.say("under", number, reading, choice)
            case ex.Not(of):
                self._described(number, "negation", self.node(of, principal))
            case ex.And(parts):
                self._among(number, "conjunction", parts, principal)
            case ex.Or(parts):
                self._among(number, "disjunction", parts, principal)
            case ex.ActorSet():
                self._describe_set(number, node, principal)
            case _:
                raise UnsupportedError(str(node))

    def _describe_set(self, number: int, node: ex.ActorSet, principal: str) -> None:
        v = self.rules.vocabulary
        match node:
            case ex.Name(ex.PRINCIPAL):
                self.say("actor", number, principal)
            case ex.Name(name) if name in v.offices:
                for official in sorted(self.cast.holding(name)):
                    self.say("actor", number, official)
            case ex.Name(name) if name in v.bodies:
                self.say("actor", number, name)
            case ex.Name(name) if name in v.sets:
                self._among(number, "union", (v.sets[name].members,), principal)
            case ex.Name(name):
                self.say("of_role", number, name)
            case ex.Image("in_charge" | "present" as function, of):
                self._described(number, function, self.node(of, principal))
            case ex.Image("absent", of, causes):
                self._described(number, "away", self.node(of, principal))
                for state in sorted(absence.states_of(causes) if causes else absence.ABSENT_STATES):
                    self.say("away_for", number, state)
            case ex.When(of, condition):
                self._described(number, "where", self.node(of, principal), self.node(condition, principal))
            case ex.Union(parts):
                self._among(number, "union", parts, principal)
            case ex.Minus(left, right):
                self._described(number, "minus", self.node(left, principal), self.node(right, principal))
            case ex.Both(parts) if len(parts) > 2:
                one, *rest = parts
                self._described(number, "both", self.node(one, principal), self.node(ex.Both(tuple(rest)), principal))
            case ex.Both((one, other)):
                self._described(number, "both", self.node(one, principal), self.node(other, principal))
            case _:
                raise UnsupportedError(str(node))

    def upper(self, node: ex.ActorSet, principal: str = "") -> tuple[str, ...]:
        """The actors that may ever be in a set: more may be named here than can be, and none is left out."""
        key = (node, principal)
        if key not in self.uppers:
            self.uppers[key] = tuple(dict.fromkeys(self._upper(node, principal)))
        return self.uppers[key]

    def _upper(self, node: ex.ActorSet, principal: str) -> tuple[str, ...]:
        v = self.rules.vocabulary
        match node:
            case ex.Name(ex.PRINCIPAL):
                return (principal,)
            case ex.Name(name) if name in v.offices:
                return tuple(sorted(self.cast.holding(name)))
            case ex.Name(name) if name in v.bodies:
                return (name,)
            case ex.Name(name) if name in v.sets:
                return self.upper(v.sets[name].members, principal)
            case ex.Name(name):
                return self.upper(v.roles[name].among)
            case ex.Image(_, of) | ex.When(of, _) | ex.Minus(of, _):
                return self.upper(of, principal)
            case ex.Union(parts):
                return tuple(a for p in parts for a in self.upper(p, principal))
            case ex.Both((first, *_)):
                return self.upper(first, principal)
        raise UnsupportedError(str(node))


def _term(argument: object) -> str:
    """A number, a constant, or a string where the id has a dot in it."""
    text = str(argument)
    return text if re.fullmatch(r"[0-9]+|[a-z][a-z0-9_]*", text) and text != "not" else f'"{text}"'
