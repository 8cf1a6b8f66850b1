"""From a scenario file to a `Scenario`: read, check the shape, resolve every name, report all mistakes at once.

A scenario may use another (`uses`), which gives the sections it leaves out; entries of `handling`, `staff` and
`meetings` are added to those of the other. What the used scenario names and the rule set lacks is left out, for a
general scenario serves many rule sets; what a scenario itself names must exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from model import absence
from model.bilingual import NOTHING, Said
from model.building import label
from model.errors import Diagnostic, ScopeError, SpecError, nearest
from model.messages import DEFINED, UNKNOWN, an
from model.ruleset import KIND, RuleSet
from model.shape_faults import check_shape
from model.situation import make_cast
from model.vocabulary import Label
from model.yamltext import Document, Loc, read
from sim import messages as say
from sim import shapes
from sim.distributions import Distribution
from sim.holidays import REFUSE, known_year
from sim.scenario import (
    EVERY,
    AbsencePlan,
    Consultation,
    Flow,
    Handling,
    MeetingPlan,
    Scenario,
    Stated,
)
from sim.workcalendar import Session, check_sessions

URGENCY = "urgency"
FILE = "scenario.yaml"
_NEAR_ONE = 1e-6
_ADDED = ("handling", "staff", "meetings")
_NEEDED = ("hours", "priorities", "flows", "handling")


def load_scenario(path: Path, rules: RuleSet, library: Path | None = None, general: bool = False) -> Scenario:
    """Read a scenario for a rule set.

    `library` is where a scenario it uses is looked for (default: two folders up). `general` reads the file itself
    as one that serves many rule sets. Raises SpecError with every mistake.
    """
    path = Path(path)
    mistakes: list[Diagnostic] = []
    files = _files(path, library or path.parent.parent, general, mistakes)
    if mistakes:
        raise SpecError(mistakes)
    resolver = _Resolver(rules, files, mistakes)
    scenario = resolver.scenario()
    if mistakes:
        raise SpecError(mistakes)
    return scenario


@dataclass(frozen=True)
class _File:
    """One scenario file in shape. `lenient`: names that the rule set lacks are left out."""

    document: Document
    shape: shapes.ScenarioShape
    lenient: bool


def _files(path: Path, library: Path, general: bool, mistakes: list[Diagnostic]) -> list[_File]:
    """The scenario and the ones it uses, in order; the chain ends where one uses itself."""
    found: list[_File] = []
    seen: set[Path] = set()
    while path.resolve() not in seen:
        seen.add(path.resolve())
        document = read(path)
        mistakes.extend(document.repeated)
        shape, _ = check_shape(shapes.ScenarioShape, document, mistakes, shapes.ScenarioShape)
        if shape is None:
            return found
        found.append(_File(document, shape, general or bool(found)))
        used = shape.scenario.uses
        if used is None:
            return found
        path = library / used / FILE
        if not path.is_file():
            known = sorted(p.parent.name for p in library.glob(f"*/{FILE}"))
            said = say.NO_USED_SCENARIO(name=used, library=library)
            near = nearest(used, known)
            mistakes.append(document.mistake(("scenario", "uses"), said, say.A_SCENARIO_THERE(), near))
            return found
    return found


@dataclass
class _Resolver:
    rules: RuleSet
    files: list[_File]
    mistakes: list[Diagnostic]
    notes: list[Said] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)

    # finding sections

    def _sections(self, name: str) -> Iterator[tuple[_File, Any]]:
        """The files that have the section, with its shape: all of them where entries add up, else the first."""
        for file in self.files:
            shape = getattr(file.shape, name)
            if shape is not None:
                yield file, shape
                if name not in _ADDED:
                    return

    def _section(self, name: str) -> tuple[_File, Any] | None:
        return next(self._sections(name), None)

    def _mistake(self, file: _File, loc: Loc, said: Said, wanted: Said = NOTHING, near: str = "") -> None:
        self.mistakes.append(file.document.mistake(loc, said, wanted, near))

    def _known(self, file: _File, name: str, table: Iterable[str], what: Said, loc: Loc, every: bool = False) -> bool:
        """Whether the name is in the table. It is a mistake if not, unless the file serves many rule sets."""
        known = [*table, *([EVERY] if every else [])]
        if name in known:
            return True
        if not file.lenient:
            said = say_unknown(what, name)
            self._mistake(file, loc, said, DEFINED(what=an(what)), nearest(name, known))
        return False

    def _ground(self, file: _File, item: shapes.Grounded, loc: Loc) -> None:
        """The ground of the numbers at a place; written down for the report."""
        given = [(k, v) for k, v in (("source", item.source), ("assumption", item.assumption)) if v]
        if len(given) != 1:
            said = say.TWO_GROUNDS() if given else say.NO_GROUND()
            self._mistake(file, loc, said, say.SOURCE_OR_ASSUMPTION())
            return
        kind, name = given[0]
        table = {k: v for f in reversed(self.files) for k, v in f.shape.grounds.items()}
        if name not in table:
            said, near = say_unknown(say.GROUND(), name), nearest(name, list(table))
            self._mistake(file, (*loc, kind), said, say.SOURCE_OR_ASSUMPTION(), near)
            return
        ground = table[name]
        if ground.kind != kind:
            is_kind = say.A_SOURCE() if ground.kind == "source" else say.AN_ASSUMPTION()
            self._mistake(file, (*loc, kind), say.NOT_THAT_GROUND(name=name, kind=is_kind), say.SOURCE_OR_ASSUMPTION())
            return
        shown = item.model_dump(exclude_defaults=True, exclude={"source", "assumption", "zh", "en"}, by_alias=True)
        value = ", ".join(f"{k}={_brief(v)}" for k, v in shown.items())
        self.stated.append(Stated(".".join(str(p) for p in loc), value, kind, Label(ground.zh, ground.en)))

    # the scenario

    def scenario(self) -> Scenario:
        own = self.files[0]
        for name in _NEEDED:
            if self._section(name) is None:
                self._mistake(own, (), say.SECTION_MISSING(section=name), say.OWN_OR_USED())
        if self.mistakes:
            return _NOTHING
        head = own.shape.scenario
        sessions, unknown = self._hours()
        tiers, preemption = self._priorities()
        volume = self._single("volume", "factor", 1.0)
        holders = self._holders()
        return Scenario(
            id=head.id,
            label=label(head.title),
            flows=self._flows(tiers, volume),
            first_day=self._first_day(unknown),
            unknown_years=unknown,
            sessions=sessions,
            warm_up_days=int(self._single("warm_up", "days", 0)),
            holders=holders,
            staff=self._staff(),
            relations=self._relations(holders),
            readings=self._readings(),
            tiers=tiers,
            preemption=preemption,
            act_order=self._order(),
            handling=self._handling(sessions),
            absences=self._absences(holders),
            delegation=self._single("delegation", "given", 1.0),
            keeps_exclusions=self._single("exclusions_in_principle", "given", 1.0),
            returns=self._act_shares("returns"),
            optional=self._act_shares("optional"),
            consultation=self._consultation(),
            meetings=self._meetings(),
            due=self._due(tiers),
            stated=tuple(self.stated),
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _single(self, section: str, key: str, otherwise: float) -> float:
        """The one number of a small section."""
        found = self._section(section)
        if found is None:
            return otherwise
        file, shape = found
        self._ground(file, shape, (section,))
        return getattr(shape, key)

    def _first_day(self, unknown: str) -> date:
        for file in self.files:
            text = file.shape.scenario.first_day
            if text is None:
                continue
            loc: Loc = ("scenario", "first_day")
            day = self._date(file, text, loc)
            if day is not None and unknown == REFUSE and not known_year(day.year):
                self._mistake(file, loc, say.NO_CALENDAR(year=day.year), say.KNOWN_YEAR())
            return day or date(2025, 1, 1)
        return date(2025, 1, 1)

    def _date(self, file: _File, text: str, loc: Loc) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._mistake(file, loc, say.NO_DATE(text=text), say.A_DATE())
            return None

    def _hours(self) -> tuple[tuple[Session, ...], str]:
        for file, shape in self._sections("hours"):
            self._ground(file, shape, ("hours",))
            pairs = [tuple(_minute(c) for c in pair) for pair in shape.sessions]
            if any(len(p) != 2 for p in pairs) or not check_sessions([(p[0], p[1]) for p in pairs]):
                self._mistake(file, ("hours", "sessions"), say.NO_SESSIONS(), say.SESSIONS())
                break
            return tuple((p[0], p[1]) for p in pairs), shape.unknown_years
        return ((510, 720), (840, 1050)), REFUSE

    def _priorities(self) -> tuple[tuple[str, ...], bool]:
        for file, shape in self._sections("priorities"):
            self._ground(file, shape, ("priorities",))
            attribute = self.rules.vocabulary.attributes.get(URGENCY)
            if attribute is not None:
                for i, tier in enumerate(shape.order):
                    self._known(file, tier, attribute.domain, say.TIER(), ("priorities", "order", i))
            return tuple(shape.order), shape.preemption
        return (), False

    def _order(self) -> tuple[str, ...]:
        for file, shape in self._sections("order"):
            self._ground(file, shape, ("order",))
            acts = self.rules.vocabulary.acts
            return tuple(
                a for i, a in enumerate(shape.acts) if self._known(file, a, acts, say.ACT(), ("order", "acts", i))
            )
        return ()

    def _holders(self) -> dict[str, int]:
        found: dict[str, int] = {}
        offices = self.rules.vocabulary.offices
        for file, shape in self._sections("holders"):
            for name, item in shape.items():
                loc: Loc = ("holders", name)
                self._ground(file, item, loc)
                if not self._known(file, name, offices, say.OFFICE(), loc):
                    continue
                if item.number > 1 and not offices[name].many:
                    self._mistake(file, (*loc, "number"), say.ONE_HOLDER(office=name), say.AT_MOST_ONE_HOLDER())
                    continue
                found[name] = item.number
        return found

    def _staff(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for file, shape in self._sections("staff"):
            for name, item in shape.items():
                self._ground(file, item, ("staff", name))
                if self._known(file, name, self.rules.vocabulary.bodies, say.BODY(), ("staff", name), every=True):
                    found.setdefault(name, item.number)
        return found

    def _officials(self, holders: Mapping[str, int]) -> tuple[str, ...]:
        try:
            return make_cast(self.rules, holders).ids
        except ScopeError:
            return make_cast(self.rules).ids

    def _relations(self, holders: Mapping[str, int]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        people = self._officials(holders)
        for file, shape in self._sections("relations"):
            for name, pairs in shape.items():
                loc: Loc = ("relations", name)
                if not self._known(file, name, self.rules.vocabulary.relations, say.RELATION(), loc):
                    continue
                for one, two in pairs.items():
                    both = [self._known(file, o, people, say.OFFICIAL(), (*loc, one)) for o in (one, two)]
                    if all(both):
                        found.setdefault(name, {})[one] = two
        return found

    def _readings(self) -> dict[str, str]:
        found: dict[str, str] = {}
        readings = self.rules.vocabulary.readings
        for file, shape in self._sections("readings"):
            for name, choice in shape.items():
                loc: Loc = ("readings", name)
                if self._known(file, name, readings, say.READING(), loc) and self._known(
                    file, choice, readings[name].domain, say.CHOICE_OF(reading=name), loc
                ):
                    found[name] = choice
        return found

    # papers

    def _seasons(self, name: str, file: _File, loc: Loc) -> tuple[float, ...]:
        if not name:
            return ()
        for where in self.files:
            table = where.shape.seasons or {}
            if name in table:
                self._ground(where, table[name], ("seasons", name))
                return tuple(table[name].months)
        known = [n for f in self.files for n in (f.shape.seasons or {})]
        self._mistake(file, loc, say_unknown(say.SEASON(), name), DEFINED(what=an(say.SEASON())), nearest(name, known))
        return ()

    def _flows(self, tiers: Sequence[str], volume: float) -> tuple[Flow, ...]:
        found: list[Flow] = []
        for file, shape in self._sections("flows"):
            for i, item in enumerate(shape):
                loc: Loc = ("flows", i)
                self._ground(file, item, loc)
                flow = self._flow(file, item, loc, tiers, volume)
                if flow is not None:
                    found.append(flow)
            if not found and not self.mistakes:
                self._mistake(file, ("flows",), say.NO_FLOW(), say.A_FLOW())
        return tuple(found)

    def _flow(
        self, file: _File, item: shapes.FlowShape, loc: Loc, tiers: Sequence[str], volume: float
    ) -> Flow | None:  # fmt: skip
        attributes = self.rules.vocabulary.attributes
        paper: dict[str, str] = {}
        for name, value in item.paper.items():
            if not self._known(file, name, attributes, say.ATTRIBUTE(), (*loc, "paper", name)):
                continue
            what = say.VALUE_OF(attribute=name)
            if self._known(file, value, attributes[name].domain, what, (*loc, "paper", name)):
                paper[name] = value
            elif file.lenient and name == KIND:
                self.notes.append(say.LEFT_OUT(what=Said(item.en, item.zh)))
                return None
        mix: dict[str, tuple[tuple[str, float], ...]] = {}
        for name, shares in item.mix.items():
            here: Loc = (*loc, "mix", name)
            if not self._known(file, name, attributes, say.ATTRIBUTE(), here):
                continue
            what = say.VALUE_OF(attribute=name)
            known = [self._known(file, v, attributes[name].domain, what, (*here, v)) for v in shares]
            if not all(known):
                continue
            rest = 1 - sum(shares.values())
            if rest < -_NEAR_ONE:
                total = round(sum(shares.values()), 6)
                self._mistake(file, here, say.DO_NOT_ADD_UP(total=total), say.ADD_UP_TO_AT_MOST_ONE())
            usual = paper.get(name, attributes[name].plainest)
            mix[name] = (*shares.items(), (usual, max(rest, 0.0)))
        self._adds_up(file, item.tiers, (*loc, "tiers"))
        for tier in item.tiers:
            if tier not in tiers:
                self._mistake(
                    file, (*loc, "tiers", tier), say_unknown(say.TIER(), tier), say.RANKED(), nearest(tier, tiers)
                )
        months = self._seasons(item.season, file, (*loc, "season"))
        shares = tuple(item.tiers.items())
        return Flow(item.id, Label(item.zh, item.en), paper, item.per_year * volume, shares, mix, item.crossing, months)

    def _adds_up(self, file: _File, shares: Mapping[str, float], loc: Loc) -> None:
        total = sum(shares.values())
        if abs(total - 1) > _NEAR_ONE:
            self._mistake(file, loc, say.DO_NOT_ADD_UP(total=round(total, 6)), say.ADD_UP_TO_ONE())

    # handling

    def _handling(self, sessions: Sequence[Session]) -> tuple[Handling, ...]:
        found: list[Handling] = []
        v = self.rules.vocabulary
        day = sum(end - start for start, end in sessions)
        for file, shape in self._sections("handling"):
            for i, item in enumerate(shape):
                loc: Loc = ("handling", i)
                self._ground(file, item, loc)
                act = self._known(file, item.act, v.acts, say.ACT(), (*loc, "act"), every=True)
                actors = [*v.offices, *v.bodies]
                by = self._known(file, item.by, actors, say.ACTOR(), (*loc, "by"), every=True)
                if (item.minutes is None) == (item.days is None):
                    self._mistake(file, loc, say.NO_LENGTH(), say.MINUTES_OR_DAYS())
                elif act and by:
                    mean = item.minutes if item.minutes is not None else (item.days or 0) * day
                    found.append(Handling(item.act, item.by, Distribution(item.distribution, mean, item.cv)))
        return tuple(found)

    def _act_shares(self, section: str) -> dict[str, float]:
        found: dict[str, float] = {}
        for file, shape in self._sections(section):
            for i, item in enumerate(shape):
                loc: Loc = (section, i)
                self._ground(file, item, loc)
                if self._known(file, item.act, self.rules.vocabulary.acts, say.ACT(), (*loc, "act"), every=True):
                    found[item.act] = item.share
        return found

    def _consultation(self) -> Consultation:
        for file, shape in self._sections("consultation"):
            loc: Loc = ("consultation",)
            self._ground(file, shape, loc)
            self._adds_up(file, shape.departments, (*loc, "departments"))
            for number in shape.departments:
                if not number.isdigit() or number == "0":
                    said = say.NOT_A_NUMBER_OF_DEPARTMENTS(text=number)
                    self._mistake(file, (*loc, "departments", number), said, say.A_NUMBER())
            acts = self.rules.vocabulary.acts
            kept = [a for i, a in enumerate(shape.acts) if self._known(file, a, acts, say.ACT(), (*loc, "acts", i))]
            return Consultation(
                frozenset(kept),
                tuple((int(n), share) for n, share in shape.departments.items() if n.isdigit()),
                Distribution(shape.distribution, shape.reply_days, shape.cv),
                shape.silent,
                shape.reminded_days,
            )
        return Consultation()

    # absences, meetings, due dates

    def _absences(self, holders: Mapping[str, int]) -> tuple[AbsencePlan, ...]:
        found: list[AbsencePlan] = []
        people = self._officials(holders)
        for file, shape in self._sections("absences"):
            for i, item in enumerate(shape):
                loc: Loc = ("absences", i)
                self._ground(file, item, loc)
                states = absence.ABSENT_STATES
                if item.cause not in states:
                    near, said = nearest(item.cause, states), say_unknown(say.CAUSE(), item.cause)
                    self._mistake(file, (*loc, "cause"), said, Said(", ".join(states), "、".join(states)), near)
                    continue
                plan = self._absence(file, item, loc, people)
                if plan is not None:
                    found.append(plan)
        return tuple(found)

    def _absence(
        self, file: _File, item: shapes.AbsenceShape, loc: Loc, people: Sequence[str]
    ) -> AbsencePlan | None:  # fmt: skip
        renewal = item.per_year is not None and item.days is not None and not (item.from_ or item.to)
        dated = bool(item.official and item.from_ and item.to) and item.per_year is None and item.days is None
        if renewal == dated:
            self._mistake(file, loc, say.HALF_AN_ABSENCE(), say.EITHER_RATE_OR_DATES())
            return None
        if item.official and not self._known(file, item.official, people, say.OFFICIAL(), (*loc, "official")):
            return None
        offices = self.rules.vocabulary.offices
        if not self._known(file, item.office, offices, say.OFFICE(), (*loc, "office"), every=True):
            return None
        if renewal:
            assert item.per_year is not None and item.days is not None
            days = Distribution(item.distribution, item.days, item.cv)
            return AbsencePlan(item.office, item.official, item.cause, item.per_year, days)
        first = self._date(file, item.from_, (*loc, "from"))
        last = self._date(file, item.to, (*loc, "to"))
        if first and last and last < first:
            self._mistake(file, (*loc, "to"), say.BACKWARD(), say.A_DATE())
        return AbsencePlan(item.office, item.official, item.cause, first=first, last=last)

    def _meetings(self) -> tuple[MeetingPlan, ...]:
        found: list[MeetingPlan] = []
        bodies = [b.id for b in self.rules.vocabulary.bodies.values() if b.kind == "meeting"]
        for file, shape in self._sections("meetings"):
            for i, item in enumerate(shape):
                self._ground(file, item, ("meetings", i))
                if self._known(file, item.body, bodies, say.MEETING(), ("meetings", i, "body"), every=True):
                    found.append(
                        MeetingPlan(
                            item.body, item.every, item.unit, item.weekday - 1, _minute(item.at), item.lead_days,
                            item.capacity, item.minutes, item.wait_for_minutes,
                        )
                    )  # fmt: skip
        return tuple(found)

    def _due(self, tiers: Sequence[str]) -> dict[str, tuple[int, str]]:
        found: dict[str, tuple[int, str]] = {}
        for file, shape in self._sections("due"):
            for i, item in enumerate(shape):
                self._ground(file, item, ("due", i))
                if item.tier in tiers:
                    found[item.tier] = (item.amount, item.unit)
                else:
                    said, near = say_unknown(say.TIER(), item.tier), nearest(item.tier, tiers)
                    self._mistake(file, ("due", i, "tier"), said, say.RANKED(), near)
        return found


_NOTHING = Scenario("", Label("", ""), ())


def say_unknown(what: Said, name: str) -> Said:
    """`no such office: 'x'`."""
    return UNKNOWN(what=what, name=name)


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _brief(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_brief(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(_brief(v) for v in value) + "]" if isinstance(value, list) else str(value)
