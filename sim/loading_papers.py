"""The papers of a scenario: flows, their seasons and mixes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model.bilingual import Said
from model.errors import nearest
from model.messages import DEFINED, an
from model.ruleset import KIND
from model.vocabulary import Label
from model.yamltext import Loc
from sim import messages as say
from sim import shapes
from sim.resolving import File, Resolver, say_unknown
from sim.scenario import Flow

_NEAR_ONE = 1e-6


class PaperSections(Resolver):
    """Sections about papers."""

    def _seasons(self, name: str, file: File, loc: Loc) -> tuple[float, ...]:
        if not name:
            return ()
        for where in self.files:
            table = where.shape.seasons or {}
            if name in table:
                self.ground(where, table[name], ("seasons", name))
                return tuple(table[name].months)
        known = [n for f in self.files for n in (f.shape.seasons or {})]
        self.mistake(file, loc, say_unknown(say.SEASON(), name), DEFINED(what=an(say.SEASON())), nearest(name, known))
        return ()

    def _flows(self, tiers: Sequence[str], volume: float) -> tuple[Flow, ...]:
        found: list[Flow] = []
        for file, shape in self.sections("flows"):
            for i, item in enumerate(shape):
                loc: Loc = ("flows", i)
                self.ground(file, item, loc)
                flow = self._flow(file, item, loc, tiers, volume)
                if flow is not None:
                    found.append(flow)
            if not found and not self.mistakes:
                self.mistake(file, ("flows",), say.NO_FLOW(), say.A_FLOW())
        return tuple(found)

    def _flow(
        self, file: File, item: shapes.FlowShape, loc: Loc, tiers: Sequence[str], volume: float
    ) -> Flow | None:  # fmt: skip
        attributes = self.rules.vocabulary.attributes
        paper: dict[str, str] = {}
        for name, value in item.paper.items():
            if not self.known(file, name, attributes, say.ATTRIBUTE(), (*loc, "paper", name)):
                continue
            what = say.VALUE_OF(attribute=name)
            if self.known(file, value, attributes[name].domain, what, (*loc, "paper", name)):
                paper[name] = value
            elif file.lenient and name == KIND:
                self.notes.append(say.LEFT_OUT(what=Said(item.en, item.zh)))
                return None
        mix: dict[str, tuple[tuple[str, float], ...]] = {}
        for name, shares in item.mix.items():
            here: Loc = (*loc, "mix", name)
            if not self.known(file, name, attributes, say.ATTRIBUTE(), here):
                continue
            what = say.VALUE_OF(attribute=name)
            known = [self.known(file, v, attributes[name].domain, what, (*here, v)) for v in shares]
            if not all(known):
                continue
            rest = 1 - sum(shares.values())
            if rest < -_NEAR_ONE:
                total = round(sum(shares.values()), 6)
                self.mistake(file, here, say.DO_NOT_ADD_UP(total=total), say.ADD_UP_TO_AT_MOST_ONE())
            usual = paper.get(name, attributes[name].plainest)
            mix[name] = (*shares.items(), (usual, max(rest, 0.0)))
        self.adds_up(file, item.tiers, (*loc, "tiers"))
        for tier in item.tiers:
            if tier not in tiers:
                self.mistake(
                    file, (*loc, "tiers", tier), say_unknown(say.TIER(), tier), say.RANKED(), nearest(tier, tiers)
                )
        months = self._seasons(item.season, file, (*loc, "season"))
        shares = tuple(item.tiers.items())
        return Flow(item.id, Label(item.zh, item.en), paper, item.per_year * volume, shares, mix, item.crossing, months)

    def adds_up(self, file: File, shares: Mapping[str, float], loc: Loc) -> None:
        total = sum(shares.values())
        if abs(total - 1) > _NEAR_ONE:
            self.mistake(file, loc, say.DO_NOT_ADD_UP(total=round(total, 6)), say.ADD_UP_TO_ONE())
