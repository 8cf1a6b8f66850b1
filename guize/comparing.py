"""Several instruments side by side: for each act and class of papers, who may, who stands in, and by when.

Answered by the reference semantics alone, under the first choice of every reading; no solver is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from guize.asking import Question, every_delegation, parse_act, situation
from model import expressions as ex
from model.competence import Competence
from model.errors import UsageError
from model.evaluation import Context
from model.norms import Bound
from model.reachability import reachable
from model.ruleset import ADDRESSEE, BODY, KIND, MEETING, NAME, URGENCY, RuleSet, Stage
from model.situation import Situation, make_cast
from model.vocabulary import Label

MOST_URGENT = "most_urgent"
ASPECTS = (KIND, NAME, ADDRESSEE, BODY)
"""The attributes that make a class of papers, in the general vocabulary; all others are as plain as facts allow."""

ACTS = ("sign", "determine", "approve", "decide", "chair", "legality_review", "countersign", "review")
"""The acts compared unless others are asked for."""

CAUSES = ("out_of_town", "leave", "illness", "vacancy")
"""The absences of the first official named, for which a stand-in is looked for."""


@dataclass(frozen=True)
class PaperClass:
    """Values of the aspects; the empty string where the aspect does not tell the class apart."""

    values: tuple[str, ...]

    def get(self, aspect: str) -> str:
        return self.values[ASPECTS.index(aspect)]


@dataclass(frozen=True)
class StandIns:
    """Who acts when the first official named is absent for one cause; `delegated`: only if he delegated."""

    cause: str
    actors: tuple[str, ...]
    norms: tuple[str, ...]
    delegated: bool = False


@dataclass(frozen=True)
class Cell:
    """What one instrument says of one act on one class of papers.

    `offices` are the offices and bodies that may act with nobody absent, `powers` by which; `wanted` is whether
    some norm wants the act. `absences` tells who stands in, by cause; `urgent` the same for the most urgent
    tier where it differs. `bounds` are the time limits that end with the act or with its route.
    """

    offices: tuple[str, ...]
    powers: tuple[str, ...]
    wanted: bool
    absences: tuple[StandIns, ...] = ()
    urgent: tuple[StandIns, ...] = ()
    bounds: tuple[str, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether somebody may act."""
        return bool(self.offices)

    @property
    def silent(self) -> bool:
        """Whether the instrument neither wants the act nor says who may do it."""
        return not (self.wanted or self.powers)

    @property
    def score(self) -> tuple[int, int, int, int]:
        """How much is answered: somebody may; causes covered; for urgent papers; limited in time."""
        covered = sum(bool(a.actors) for a in self.absences)
        return int(self.answered), covered, sum(bool(a.actors) for a in self.urgent or self.absences), len(self.bounds)


@dataclass(frozen=True)
class Row:
    """One act on classes of papers that every instrument treats alike.

    `cells` by instrument; an instrument in which no such paper occurs has none. `best` are those that answer
    most, where some answer less; `borrow` names the norms of the first of them, which the others could take over.
    """

    act: str
    classes: tuple[PaperClass, ...]
    cells: Mapping[str, Cell]
    best: tuple[str, ...] = ()
    borrow: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """The rows, and the instruments by id in the order asked."""

    instruments: Mapping[str, RuleSet]
    rows: tuple[Row, ...]

    def label(self, aspect: str, value: str) -> Label:
        """What a value is called, by the first instrument that has it."""
        for rules in self.instruments.values():
            found = rules.vocabulary.attributes.get(aspect)
            for known in found.values if found else ():
                if known.id == value:
                    return known.label
        return Label(value, value)

    def act(self, act: str) -> Label:
        """What an act is called, by the first instrument that has it."""
        found = (r.vocabulary.acts[act].label for r in self.instruments.values() if act in r.vocabulary.acts)
        return next(found, Label(act, act))


def compare(instruments: Sequence[RuleSet], acts: Iterable[str] = ACTS) -> Comparison:
    """Every class of papers that occurs under some instrument, and every act some instrument speaks of for it."""
    wanted = tuple(acts)
    tables = {rules.title.id: _Reader(rules, wanted).table() for rules in instruments}
    classes = dict.fromkeys(c for table in tables.values() for c in table)
    rows: list[Row] = []
    for act in wanted:
        alike: dict[tuple[tuple[str, Cell], ...], list[PaperClass]] = {}
        for each in classes:
            cells = {name: table[each].get(act, _SILENT) for name, table in tables.items() if each in table}
            if not all(c.silent for c in cells.values()):
                alike.setdefault(tuple(cells.items()), []).append(each)
        rows += [_row(act, tuple(found), dict(cells)) for cells, found in alike.items()]
    return Comparison({r.title.id: r for r in instruments}, tuple(rows))


@dataclass(frozen=True)
class Loan:
    """What one instrument could borrow for one row. `lack`: what its own answer lacks."""

    row: Row
    lack: str
    lender: str


LACKS: dict[str, Label] = {
    "open": Label("要求办理而未规定由谁办理", "wants the act and names nobody"),
    "absence": Label("缺席时代行的安排较少", "fewer absences are covered"),
    "urgent": Label("特急件缺席时代行的安排较少", "fewer absences are covered for most urgent papers"),
    "time": Label("没有时限", "no time limit"),
}
"""What an answer can lack beside the best one, the gravest first."""


def loans(comparison: Comparison, instrument: str) -> tuple[Loan, ...]:
    """What the instrument could borrow, the gravest lack first. Where it does not raise the question, nothing."""
    found: list[Loan] = []
    for row in comparison.rows:
        cell = row.cells.get(instrument)
        if cell is None or cell.silent or not row.best or instrument in row.best:
            continue
        pairs = zip(LACKS, cell.score, row.cells[row.best[0]].score, strict=True)
        lack = next(lack for lack, own, other in pairs if own < other)
        found.append(Loan(row, lack, row.best[0]))
    return tuple(sorted(found, key=lambda x: list(LACKS).index(x.lack)))


_SILENT = Cell((), (), False)


def act_ids(instruments: Sequence[RuleSet], names: Iterable[str]) -> tuple[str, ...]:
    """Acts by id or name, each known to one of the instruments at least. Raises UsageError with the nearest name."""
    found: list[str] = []
    for name in names:
        for rules in instruments:
            try:
                found.append(parse_act(rules, name))
                break
            except UsageError:
                if rules is instruments[-1]:
                    raise
    return tuple(dict.fromkeys(found))


def _row(act: str, classes: tuple[PaperClass, ...], cells: dict[str, Cell]) -> Row:
    most = max(c.score for c in cells.values())
    best = tuple(name for name, cell in cells.items() if cell.score == most)
    if len(best) == len(cells):
        return Row(act, classes, cells)
    model = cells[best[0]]
    stand_ins = (n for a in (*model.absences, *model.urgent) for n in a.norms)
    return Row(act, classes, cells, best, tuple(dict.fromkeys([*model.powers, *stand_ins, *model.bounds])))


class _Reader:
    """One instrument, asked about every class of papers."""

    def __init__(self, rules: RuleSet, acts: tuple[str, ...]) -> None:
        self.rules, self.cast = rules, make_cast(rules)
        self.stages = tuple(s for s in rules.stages if s.act in acts)

    def table(self) -> dict[PaperClass, dict[str, Cell]]:
        found: dict[PaperClass, dict[str, Cell]] = {}
        for values in self._classes():
            asked = {a: v for a, v in zip(ASPECTS, values, strict=True) if v}
            at = situation(self.rules, self.cast, Question(paper=asked))
            if reachable(self.rules, at):
                found[PaperClass(values)] = self._cells(at)
        return found

    def _classes(self) -> Iterator[tuple[str, ...]]:
        """Values of the aspects that facts admit together, each other attribute left to be filled in."""
        v = self.rules.vocabulary.attributes
        domains = [v[a].domain if a in v else ("",) for a in ASPECTS]
        empty = replace(situation(self.rules, self.cast, Question()), readings={})
        facts = [f.condition for f in self.rules.facts if _speaks_only_of(self.rules, f.condition)]
        for kind in domains[0]:
            for name in domains[1]:
                for addressee in domains[2]:
                    for body in domains[3]:
                        values = (kind, name, addressee, body)
                        attributes = {a: x for a, x in zip(ASPECTS, values, strict=True) if x}
                        context = Context(self.rules, empty.with_paper(attributes))
                        if all(context.holds(f) for f in facts):
                            yield values

    def _cells(self, at: Situation) -> dict[str, Cell]:
        competence = Competence(self.rules, at)
        by_act: dict[str, list[Stage]] = {}
        for stage in self.stages:
            if competence.wanted(stage) or competence.powers_in_force(stage):
                by_act.setdefault(stage.act, []).append(stage)
        return {act: self._cell(at, competence, stages) for act, stages in by_act.items()}

    def _cell(self, at: Situation, competence: Competence, stages: list[Stage]) -> Cell:
        hands = [h for s in stages for h in competence.hands(s)]
        powers = dict.fromkeys(p.id for s in stages for p in competence.powers_in_force(s))
        absences = tuple(self._stand_ins(at, stages, cause) for cause in CAUSES) if hands else ()
        hurried = at.with_paper({**at.paper.attributes, URGENCY: MOST_URGENT}, at.paper.roles)
        urgent: tuple[StandIns, ...] = ()
        if hands and URGENCY in self.rules.vocabulary.attributes and reachable(self.rules, hurried):
            urgent = tuple(self._stand_ins(hurried, stages, cause) for cause in CAUSES)
        return Cell(
            tuple(dict.fromkeys(self._office(h.actor) for h in hands)),
            tuple(powers),
            any(competence.wanted(s) for s in stages),
            absences,
            urgent if urgent != absences else (),
            tuple(b.id for b in self._bounds(competence, stages)),
        )

    def _office(self, actor: str) -> str:
        return self.cast[actor].office if actor in self.cast.ids else actor

    def _stand_ins(self, at: Situation, stages: list[Stage], cause: str) -> StandIns:
        """Who acts on the first stage that somebody may do, when the first of those is absent."""
        for stage in stages:
            principal = self._principal(at, stage)
            if principal:
                away = at.with_states({principal: cause})
                plain = Competence(self.rules, away).hands(stage)
                given = replace(away, delegations=every_delegation(self.rules, away))
                hands = plain or Competence(self.rules, given).hands(stage)
                actors = dict.fromkeys(self._office(h.actor) for h in hands)
                norms = dict.fromkeys(n for h in hands for n in h.norms)
                return StandIns(cause, tuple(actors), tuple(norms), bool(hands) and not plain)
        # an office or a department is never away: whoever acts goes on acting
        hands = next((h for s in stages if (h := list(Competence(self.rules, at).hands(s)))), [])
        actors = dict.fromkeys(self._office(h.actor) for h in hands)
        return StandIns(cause, tuple(actors), tuple(dict.fromkeys(n for h in hands for n in h.norms)))

    def _principal(self, at: Situation, stage: Stage) -> str:
        """The first official who may act, or who chairs the body that may."""
        competence = Competence(self.rules, at)
        for hand in competence.hands(stage):
            if hand.actor in self.cast.ids:
                return hand.actor
            for power in self.rules.chairs.get(hand.actor, ()):
                meeting = Competence(self.rules, at.with_paper({KIND: MEETING, BODY: hand.actor}))
                seats = [o for o in self.cast.ids if o in meeting.seats(self.rules.powers[power])]
                if seats:
                    return seats[0]
        return ""

    def _bounds(self, competence: Competence, stages: list[Stage]) -> Iterator[Bound]:
        """Ceilings with a length, in force here, that end at a step of these stages or at the end of its route."""
        steps = {p.id for s in stages for p in competence.powers_in_force(s) if p.route}
        routes = {s.partition(".")[0] for s in steps}
        for bound in self.rules.bounds:
            ends = {f"{r}.{bound.end}" for r in bound.routes} & steps
            whole = bound.end == "end" and routes & set(bound.routes)
            if bound.ceiling and bound.amount is not None and (ends or whole) and competence.at.in_force(bound):
                yield bound


def _speaks_only_of(rules: RuleSet, condition: ex.Cond) -> bool:
    """Whether a fact is about nothing but the aspects, so that it can be asked before the rest is filled in."""
    for node in condition.walk():
        if isinstance(node, ex.Flag):
            term = rules.vocabulary.terms.get(node.name)
            if term is None or not _speaks_only_of(rules, term.condition):
                return False
        elif isinstance(node, (ex.Is, ex.IsNot)):
            if node.attribute not in ASPECTS:
                return False
        elif not isinstance(node, (ex.And, ex.Or, ex.Not, ex.Const)):
            return False
    return True
