"""The norm forms: a small closed set of frozen records, each with its reference meaning.

What every form says of situations is defined in `competence`, `violations`, `reachability` and `deadlines`.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.citations import Citation
from model.expressions import FALSE, TRUE, ActorSet, Cond
from model.vocabulary import Label, Strength

EVERY_ACT = ("*",)
NO_GLOSS = Label("", "")


@dataclass(frozen=True, kw_only=True)
class Norm:
    """What all forms share. `under` lists the (reading, choice) pairs the norm is in force under."""

    id: str
    citations: tuple[Citation, ...]
    label: Label = NO_GLOSS
    strength: Strength = Strength.STRICT
    under: tuple[tuple[str, str], ...] = ()
    when: Cond = TRUE

    form = "norm"

    @property
    def citation(self) -> Citation:
        return self.citations[0]


@dataclass(frozen=True, kw_only=True)
class Power(Norm):
    """Actors that may (and, if not `may`, shall) do an act on papers that meet `when`.

    `joint` means that every member of `by` must act; otherwise any one suffices. The power is in
    force only where none of `residual_to` is, and, if `delegation` names anybody, where one of them
    has authorised it. `route` names the route it is a step of, if any.
    """

    act: str
    by: ActorSet
    joint: bool = False
    may: bool = False
    delegation: ActorSet | None = None
    residual_to: tuple[str, ...] = ()
    route: str = ""

    form = "power"

    @property
    def alternative(self) -> bool:
        """Whether it stands beside other powers by permission or authorisation, so that it conflicts with none."""
        return self.may or self.delegation is not None


@dataclass(frozen=True, kw_only=True)
class Deontic(Norm):
    """A duty, prohibition or permission (`modality`). `by` None: done by whoever a power names."""

    modality: str
    act: str
    by: ActorSet | None
    unless: Cond

    form = "deontic"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of a route. `after` are step ids; `back_to` is where a return goes, or empty."""

    id: str
    power: Power
    after: tuple[str, ...] = ()
    back_to: str = ""


@dataclass(frozen=True, kw_only=True)
class Route(Norm):
    """A procedure: steps in a partial order. Each step's power has the id `ROUTE.STEP`."""

    steps: tuple[Step, ...] = ()
    residual_to: tuple[str, ...] = ()

    form = "route"


@dataclass(frozen=True, kw_only=True)
class StandIn(Norm):
    """Who acts for an absent official: see `competence` for the meaning."""

    principals: ActorSet
    by: ActorSet
    states: frozenset[str]
    causes: tuple[str, ...] = ()
    acts: tuple[str, ...] = EVERY_ACT
    delegation: ActorSet | None = None
    by_rank: bool = False
    chain: bool = False

    form = "stand_in"

    def passes(self, act: str) -> bool:
        """Whether the act is among those that pass to the stand-in."""
        return self.acts == EVERY_ACT or act in self.acts


@dataclass(frozen=True, kw_only=True)
class Exclusion(Norm):
    """Two officials not absent at once (`between`, `other` over the principal), or two steps not by one."""

    between: ActorSet | None = None
    other: ActorSet | None = None
    route: str = ""
    steps: tuple[str, ...] = ()
    unless: Cond = FALSE

    form = "exclusion"


@dataclass(frozen=True, kw_only=True)
class Bound(Norm):
    """A floor or ceiling between two events of a route, in `unit`s; `expiry` is what its lapse means.

    `amount` None is a period without a length (及时, 提前): it limits nothing that could be computed. `start_unsaid`:
    the text does not say from which event it runs, and `start` is the one it most naturally does.
    """

    routes: tuple[str, ...]
    start: str
    end: str
    ceiling: bool
    amount: int | None
    unit: str
    by: ActorSet | None = None
    expiry: str = "nothing_said"
    start_unsaid: bool = False

    form = "bound"


@dataclass(frozen=True, kw_only=True)
class Cadence(Norm):
    """A body meets, or a `step` of a `route` is done, once in `amount` `unit`s; amount 0 is as needed.

    `day` is the day of the month that closes the period, 0 if none is said.
    """

    body: str = ""
    route: str = ""
    step: str = ""
    amount: int = 0
    unit: str = "calendar_day"
    day: int = 0

    form = "cadence"


CHAIR_SUFFIX = ".chair"
"""The id of the power to chair a body is that of its composition with this after it."""


@dataclass(frozen=True, kw_only=True)
class Composition(Norm):
    """Who makes up a body. The chair's power is `ID.chair`, by authorisation of `chair_delegation` if given.

    `quorum`: how many of the members must be there; `decides`: how it comes to a decision; empty where nothing is said.
    """

    body: str
    members: ActorSet | None = None
    chair: ActorSet | None = None
    chair_delegation: ActorSet | None = None
    attend: ActorSet | None = None
    invited: ActorSet | None = None
    quorum: str = ""
    decides: str = ""

    form = "composition"


@dataclass(frozen=True, kw_only=True)
class Reserved(Norm):
    """Of a law: the act, on papers that meet `when`, is for the members of `to` alone, or for governments of `levels`.

    It gives nobody a power: see `drafting.higher_law`.
    """

    act: str
    to: ActorSet | None = None
    levels: tuple[str, ...] = ()

    form = "reserved"


@dataclass(frozen=True, kw_only=True)
class Assembly(Norm):
    """Of a law: who makes up a statutory meeting and who convenes it, for governments of `levels` (none: of all)."""

    meeting: str
    members: ActorSet | None = None
    chair: ActorSet | None = None
    levels: tuple[str, ...] = ()

    form = "assembly"


@dataclass(frozen=True, kw_only=True)
class Period(Norm):
    """Of a law: a floor or ceiling between two acts on papers that meet `when`."""

    from_act: str
    to_act: str
    ceiling: bool
    amount: int
    unit: str

    form = "period"


@dataclass(frozen=True, kw_only=True)
class Precedence(Norm):
    """Where a norm of `prevails` and one of `yields` are both in force, the latter gives way."""

    prevails: tuple[str, ...]
    yields: tuple[str, ...]

    form = "precedence"


@dataclass(frozen=True, kw_only=True)
class Reference(Norm):
    """Cites, adopts or repeals an instrument, or says when this one takes effect."""

    kind: str
    target: str
    article: int = 0

    form = "reference"


DEONTIC_FORMS = ("duty", "prohibition", "permission")
UNITS: dict[str, Label] = {
    "working_day": Label("个工作日", "working days"),
    "calendar_day": Label("日", "calendar days"),
    "hour": Label("小时", "hours"),
    "week": Label("周", "weeks"),
    "month": Label("个月", "months"),
}
EXPIRIES = ("nothing_said", "deemed_consent", "reminder", "escalation", "overdue")
REFERENCE_KINDS = ("cites", "adopts", "repeals", "effective")
