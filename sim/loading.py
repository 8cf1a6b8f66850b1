"""From a scenario file to a `Scenario`: read, check the shape, resolve every name, report all mistakes at once.

A scenario may use another (`uses`), which gives the sections it leaves out; entries of `handling`, `staff` and
`meetings` are added to those of the other. What the used scenario names and the rule set lacks is left out, for a
general scenario serves many rule sets; what a scenario itself names must exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from model.building import label
from model.errors import Diagnostic, SpecError
from model.ruleset import URGENCY, RuleSet
from model.vocabulary import Label
from model.yamltext import Loc
from sim import messages as say
from sim.holidays import REFUSE, known_year
from sim.loading_work import WorkSections
from sim.resolving import FILE, minute, scenario_files
from sim.scenario import Scenario
from sim.workcalendar import Session, check_sessions

__all__ = ["FILE", "load_scenario"]

_NEEDED = ("hours", "priorities", "flows", "handling")
_NOTHING = Scenario("", Label("", ""), ())


def load_scenario(path: Path, rules: RuleSet, library: Path | None = None, general: bool = False) -> Scenario:
    """Read a scenario for a rule set.

    `library` is where a scenario it uses is looked for (default: two folders up). `general` reads the file itself
    as one that serves many rule sets. Raises SpecError with every mistake.
    """
    path = Path(path)
    mistakes: list[Diagnostic] = []
    files = scenario_files(path, library or path.parent.parent, general, mistakes)
    if mistakes:
        raise SpecError(mistakes)
    resolver = _Resolver(rules, files, mistakes)
    scenario = resolver.scenario()
    if mistakes:
        raise SpecError(mistakes)
    return scenario


class _Resolver(WorkSections):
    """Puts a scenario together."""

    def scenario(self) -> Scenario:
        own = self.files[0]
        for name in _NEEDED:
            if self.section(name) is None:
                self.mistake(own, (), say.SECTION_MISSING(section=name), say.OWN_OR_USED())
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
            simultaneous=self._simultaneous(),
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
        found = self.section(section)
        if found is None:
            return otherwise
        file, shape = found
        self.ground(file, shape, (section,))
        return getattr(shape, key)

    def _first_day(self, unknown: str) -> date:
        for file in self.files:
            text = file.shape.scenario.first_day
            if text is None:
                continue
            loc: Loc = ("scenario", "first_day")
            day = self.given_day(file, text, loc)
            if day is not None and unknown == REFUSE and not known_year(day.year):
                self.mistake(file, loc, say.NO_CALENDAR(year=day.year), say.KNOWN_YEAR())
            return day or date(2025, 1, 1)
        return date(2025, 1, 1)

    def _hours(self) -> tuple[tuple[Session, ...], str]:
        for file, shape in self.sections("hours"):
            self.ground(file, shape, ("hours",))
            pairs = [tuple(minute(c) for c in pair) for pair in shape.sessions]
            if any(len(p) != 2 for p in pairs) or not check_sessions([(p[0], p[1]) for p in pairs]):
                self.mistake(file, ("hours", "sessions"), say.NO_SESSIONS(), say.SESSIONS())
                break
            return tuple((p[0], p[1]) for p in pairs), shape.unknown_years
        return ((510, 720), (840, 1050)), REFUSE

    def _priorities(self) -> tuple[tuple[str, ...], bool]:
        for file, shape in self.sections("priorities"):
            self.ground(file, shape, ("priorities",))
            attribute = self.rules.vocabulary.attributes.get(URGENCY)
            if attribute is not None:
                for i, tier in enumerate(shape.order):
                    self.known(file, tier, attribute.domain, say.TIER(), ("priorities", "order", i))
            return tuple(shape.order), shape.preemption
        return (), False

    def _order(self) -> tuple[str, ...]:
        for file, shape in self.sections("order"):
            self.ground(file, shape, ("order",))
            acts = self.rules.vocabulary.acts
            return tuple(
                a for i, a in enumerate(shape.acts) if self.known(file, a, acts, say.ACT(), ("order", "acts", i))
            )
        return ()

    def _holders(self) -> dict[str, int]:
        found: dict[str, int] = {}
        offices = self.rules.vocabulary.offices
        for file, shape in self.sections("holders"):
            for name, item in shape.items():
                loc: Loc = ("holders", name)
                self.ground(file, item, loc)
                if not self.known(file, name, offices, say.OFFICE(), loc):
                    continue
                if item.number > 1 and not offices[name].many:
                    self.mistake(file, (*loc, "number"), say.ONE_HOLDER(office=name), say.AT_MOST_ONE_HOLDER())
                    continue
                found[name] = item.number
        return found

    def _staff(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for file, shape in self.sections("staff"):
            for name, item in shape.items():
                self.ground(file, item, ("staff", name))
                if self.known(file, name, self.rules.vocabulary.bodies, say.BODY(), ("staff", name), every=True):
                    found.setdefault(name, item.number)
        return found

    def _simultaneous(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for file, shape in self.sections("simultaneous"):
            for name, item in shape.items():
                loc: Loc = ("simultaneous", name)
                self.ground(file, item, loc)
                if self.known(file, name, self.rules.vocabulary.offices, say.OFFICE(), loc, every=True):
                    found.setdefault(name, item.number)
        return found

    def _relations(self, holders: Mapping[str, int]) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        people = self.officials(holders)
        for file, shape in self.sections("relations"):
            for name, pairs in shape.items():
                loc: Loc = ("relations", name)
                if not self.known(file, name, self.rules.vocabulary.relations, say.RELATION(), loc):
                    continue
                for one, two in pairs.items():
                    both = [self.known(file, o, people, say.OFFICIAL(), (*loc, one)) for o in (one, two)]
                    if all(both):
                        found.setdefault(name, {})[one] = two
        return found

    def _readings(self) -> dict[str, str]:
        found: dict[str, str] = {}
        readings = self.rules.vocabulary.readings
        for file, shape in self.sections("readings"):
            for name, choice in shape.items():
                loc: Loc = ("readings", name)
                if self.known(file, name, readings, say.READING(), loc) and self.known(
                    file, choice, readings[name].domain, say.CHOICE_OF(reading=name), loc
                ):
                    found[name] = choice
        return found
