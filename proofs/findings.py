"""What the engines report: frozen records. Sentences are made last, by `guize.sentences`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from model.citations import Citation
from model.competence import Hand, Obstacle
from model.deadlines import Overrun
from model.drafting import Flaw
from model.situation import Situation
from model.vocabulary import Strength
from proofs.repairing.repair import Repair
from proofs.session import Cube


class Severity(IntEnum):
    """How much a finding matters; higher is worse."""

    MINOR = 0
    MODERATE = 1
    SERIOUS = 2
    CRITICAL = 3


@dataclass(frozen=True)
class Near:
    """A norm that comes near to preventing the finding, and what it lacks (`competence.Obstacle.reason`)."""

    norm: str
    reason: str


@dataclass(frozen=True)
class Region:
    """Part of where a finding holds: a stage (or pair of norms) and a cube of situations.

    Of a gap, `seats` are what the powers in force name: set expressions, and whether all must act.
    """

    subject: str
    cube: Cube
    seats: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Gap:
    """What is stuck: stages with their acts, and who is missing why. Of the witness, `obstacles`.

    `others` are further situations whose papers nobody is named for either, one a region.
    """

    stages: tuple[str, ...]
    powers: tuple[str, ...]
    acts: tuple[str, ...]
    obstacles: tuple[Obstacle, ...]
    others: tuple[Situation, ...] = ()


@dataclass(frozen=True)
class Pair:
    """Two norms that do not go together, on whom, and for which act."""

    first: str
    second: str
    act: str
    actor: str = ""


@dataclass(frozen=True)
class Twice:
    """Steps one official comes to hold twice: pairs of powers (the first empty for his own request)."""

    pairs: tuple[tuple[str, str], ...]
    official: str
    hands: tuple[Hand, ...]
    role: str = ""


@dataclass(frozen=True)
class Late:
    """A ceiling that cannot be met, and every such ceiling on the same chain of lags.

    `in_all` is what all lags in force in the witness come to, where that is more than the chain: a core names no lag
    it does without, so its total may be less than the route takes.
    """

    worst: Overrun
    others: tuple[Overrun, ...] = ()
    in_all: Overrun | None = None


@dataclass(frozen=True)
class Course:
    """What is wrong with a route, or two: `model.graphs.defects.Defect` for every one with the same cause.

    `steps` holds the ids of the steps of each; the first, and `routes`, are those of the witness.
    """

    kind: str
    routes: tuple[str, ...]
    steps: tuple[tuple[str, ...], ...]
    official: str = ""
    hands: tuple[Hand, ...] = ()
    between: str = ""


@dataclass(frozen=True)
class Idle:
    """Norms the rules could do without. `reason`: `never`, `nobody`, `yields`, `excepted` or `follows`.

    `norms` are those told together, `cause` for each a minimal set of norms that make it so, taken together, and
    `facts` of the first the background facts without which it could apply.
    """

    reason: str
    norms: tuple[str, ...]
    cause: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """What hinges on an open term: a topic (`model.claims.topic`), and two situations that differ in it alone.

    In `situation` the term has its plainest value and `otherwise` are the norms that say what none says in `twin`;
    there it has `value`, and `then` are the norms that say what none says here.
    """

    topic: tuple[str, str]
    value: str
    otherwise: tuple[str, ...]
    then: tuple[str, ...]
    situation: Situation
    twin: Situation


@dataclass(frozen=True)
class Hinge:
    """An open term and every decision that hinges on it, the weightiest first."""

    term: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class Fragile:
    """Offices for want of one holder of any of which powers fall, whatever was delegated.

    `causes` are the states of absence that stop some of it.
    """

    offices: tuple[str, ...]
    powers: tuple[str, ...]
    causes: tuple[str, ...]


Details = Gap | Pair | Twice | Late | Course | Idle | Hinge | Fragile | Flaw


@dataclass(frozen=True)
class Endurance:
    """How many absences the act of one power survives (`model.endurance`).

    `worst` is the plainest situation, of those with the fewest absences, in which the power falls; `best` likewise
    where all that can be delegated is. None where no situation within the bound shows it. `vacuous`: it is never
    wanted of anybody.
    """

    power: str
    worst: Situation | None = None
    best: Situation | None = None
    vacuous: bool = False

    @property
    def fewest(self) -> tuple[int | None, int | None]:
        """The fewest absences that stop it, at worst and at best; None if more than the bound."""
        worst, best = (None if at is None else len(at.absent) for at in (self.worst, self.best))
        return worst, best


@dataclass(frozen=True)
class Finding:
    """One defect with its evidence.

    `norms` is a minimal core: dropping any member removes the finding in the witness situation. Of a
    deadline, the ceiling and a minimal set of lags, with the steps the lags arise at.
    Where repairs were looked for, `tried` is how many changes were asked about, of which the solver left `undecided`
    open: with none tried there was nothing to propose.
    `near` are norms that come near to preventing it. `holds_under` lists the combinations of readings
    under which it holds, over the readings that bear on it (`readings`); empty where none bears.
    """

    id: str
    check: str
    severity: Severity
    strength: Strength
    norms: tuple[str, ...]
    near: tuple[Near, ...]
    citations: tuple[Citation, ...]
    witness: Situation
    details: Details
    every_reading: bool = True
    readings: tuple[str, ...] = ()
    holds_under: tuple[Mapping[str, str], ...] = ()
    region: tuple[Region, ...] = ()
    also: tuple[str, ...] = ()
    tension: bool = False
    departures: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    tried: int = 0
    undecided: int = 0

    @property
    def articles(self) -> tuple[int, ...]:
        """Articles of the instrument itself, in order; higher law has none here."""
        return tuple(sorted({c.article for c in self.citations if not c.law}))


@dataclass(frozen=True)
class Unsettled:
    """A question the solver did not settle within its budget."""

    check: str
    subject: str
    reason: str


@dataclass(frozen=True)
class Opinion:
    """What another solver confirmed. Of a disagreement there is no record: it stops everything.

    Of `questions`, `folded` need no solver. Queries confirmed: `possible`, of which `situations` in the very
    situation found; `impossible`; `forced`: norms and conditions that do force a finding; `needed`: members of a
    minimal set without which it is not forced; and `steps` that no verdict rests on. `unconfirmed` are questions
    with a query that the other solver gave up on.
    """

    solver: str
    questions: int = 0
    folded: int = 0
    possible: int = 0
    impossible: int = 0
    situations: int = 0
    forced: int = 0
    needed: int = 0
    steps: int = 0
    unconfirmed: tuple[Unsettled, ...] = field(default=())


@dataclass(frozen=True)
class Answer:
    """What one check found: how many questions it asked, how many held, how many vacuously.

    `endurance` is the table of `resilience`, in the order of the stages; empty for every other check.
    """

    check: str
    findings: tuple[Finding, ...] = ()
    asked: int = 0
    held: int = 0
    vacuous: int = 0
    unknown: tuple[Unsettled, ...] = ()
    seconds: float = 0.0
    endurance: tuple[Endurance, ...] = ()


@dataclass(frozen=True)
class Scope:
    """How far the answers of a check reach (docs/scope.md).

    `suffice`: for each office, so many holders show all that any number can, for every question that there is an
    argument for; `related`: offices for which some question has none. Where all numbers up to these were asked about:
    of `questions`, `lossless` have the same answer whatever the number of holders from that of the scope on; `more`
    are those that show nothing within the scope and do with more holders; `open` those that the solver left open.
    """

    check: str
    suffice: Mapping[str, int] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    questions: int = 0
    lossless: int = 0
    more: tuple[str, ...] = ()
    open: int = 0

    @property
    def any_number(self) -> bool:
        """Whether every question of the check has the same answer with any number of holders."""
        return self.questions > 0 and self.lossless == self.questions


@dataclass(frozen=True)
class Report:
    """Everything an audit says of one rule set."""

    instrument: str
    findings: tuple[Finding, ...]
    answers: tuple[Answer, ...]
    scope: Mapping[str, int] = field(default_factory=dict)
    most_absences: int = 0
    queries: int = 0
    opinion: Opinion | None = None
    reach: tuple[Scope, ...] = ()
    repaired: bool = False
    repairing: tuple[Unsettled, ...] = ()

    @property
    def unknown(self) -> tuple[Unsettled, ...]:
        """What was not settled: of the questions, and of repairs where they were looked for (`repaired`)."""
        return (*(u for a in self.answers for u in a.unknown), *self.repairing)

    @property
    def endurance(self) -> tuple[Endurance, ...]:
        """How many absences every act survives; empty if that was not asked."""
        return tuple(e for a in self.answers for e in a.endurance)
