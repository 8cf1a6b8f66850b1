"""incomplete-body: what a meeting needs to work and the instrument does not say.

For a meeting of the instrument, a need is met by a norm of the instrument that

- `chair`: says who convenes and chairs it;
- `chair-stand-in`: lets another chair it: a chair from several offices or of several holders, a chair by
  authorisation, or a stand-in for its one chair that passes on chairing;
- `cadence`: says when it meets, be it as needed;
- `agenda`: puts an item or settles it: proposes or submits a paper of a kind the meeting acts on, or takes a deciding
  look at it (approve, determine, consent);
- `quorum`, `decision`: says how many of its members must be there, and how it decides;
- `minutes`: speaks of its minutes, and not of the plainest kind of paper as well;
- `minutes-signer`: gives their signature to somebody;
- `publication`: has what it decides published.

Quorum, decision and publication are needed where some power lets the meeting decide; agenda and minutes where some
power names it at all; a signer where there are minutes. A norm meets a need only under the readings it is in force
under. What a condition leaves open is taken to meet the need.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from model import expressions as ex
from model.citations import Citation
from model.drafting.flaw import Flaw, Survey, under
from model.drafting.wording import attributes_in, may_hold, names_in, offices_in, parts
from model.norms import Cadence, Composition, Deontic, Norm, Power
from model.ruleset import BODY, KIND, MEETING, RuleSet

CHECK = "incomplete-body"
NEEDS = (
    "chair",
    "chair-stand-in",
    "cadence",
    "agenda",
    "quorum",
    "decision",
    "minutes",
    "minutes-signer",
    "publication",
)
_DECIDING = frozenset({"quorum", "decision", "publication"})
_ACTING = frozenset({"agenda", "minutes"})
_MINUTES, _PUBLISH, _SIGN, _CHAIR = "minutes", "publish", "sign", "chair"
_PUTS = frozenset({"propose", "submit"})


def survey(rules: RuleSet) -> Survey:
    """Meetings that lack the same, under the same readings, are one flaw."""
    norms = _Norms(rules)
    asked: list[str] = []
    groups: dict[tuple[ex.Cond, tuple[str, ...]], list[str]] = {}
    for body in _meetings(norms):
        needs = [n for n in NEEDS if _needed(norms, body, n)]
        asked += [f"{body} / {n}" for n in needs]
        by_condition: dict[ex.Cond, list[str]] = {}
        for need in needs:
            missing = _unmet(norms, body, need)
            if missing != ex.FALSE:
                by_condition.setdefault(missing, []).append(need)
        for condition, lacks in by_condition.items():
            groups.setdefault((condition, tuple(lacks)), []).append(body)
    return Survey(tuple(asked), tuple(_flaw(norms, tuple(b), lacks, c) for (c, lacks), b in groups.items()))


class _Norms:
    """The norms of the instrument by the meetings they are about, each read once."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.powers: dict[str, list[Power]] = {}
        self.compositions: dict[str, list[Composition]] = {}
        self.cadences: dict[str, list[Cadence]] = {}
        self.of_kinds: list[tuple[Power | Deontic, frozenset[str]]] = []
        """Powers and duties that speak of kinds of papers or of a meeting, with the attributes they speak of."""
        v = rules.vocabulary
        for norm in parts(rules):
            match norm:
                case Composition():
                    self.compositions.setdefault(norm.body, []).append(norm)
                case Cadence():
                    self.cadences.setdefault(norm.body, []).append(norm)
                case Power() | Deontic():
                    spoken = attributes_in(v, norm.when)
                    if {KIND, BODY} & spoken:
                        self.of_kinds.append((norm, spoken))
                    if isinstance(norm, Power):
                        for body in names_in(v, norm.by):
                            self.powers.setdefault(body, []).append(norm)
                case _:
                    pass


def _unmet(norms: _Norms, body: str, need: str) -> ex.Cond:
    """The readings under which no norm meets a need of a meeting, as a condition; FALSE where one always does."""
    met = list(dict.fromkeys(under(n) for n in _meeting_the(norms, body, need)))
    if ex.TRUE in met:
        return ex.FALSE
    if not met:
        return ex.TRUE
    return ex.Not(met[0] if len(met) == 1 else ex.Or(tuple(met)))


def _flaw(norms: _Norms, bodies: tuple[str, ...], lacks: tuple[str, ...], condition: ex.Cond) -> Flaw:
    concerned = [n for b in bodies for n in _of(norms, b)]
    weight = {"chair", "chair-stand-in", "decision"} & set(lacks)
    places = tuple(sorted({_constituted(norms.rules, b) or _of(norms, b)[0].citation for b in bodies}))
    return Flaw(
        CHECK,
        tuple(f"{b} / {n}" for b in bodies for n in lacks),
        lacks,
        tuple(n.id for n in concerned),
        places,
        condition,
        weighty=bool(weight),
    )


def bodies_of(flaw: Flaw) -> tuple[str, ...]:
    """The meetings a flaw is about."""
    return tuple(dict.fromkeys(s.partition(" / ")[0] for s in flaw.subjects))


def _constituted(rules: RuleSet, body: str) -> Citation | None:
    return rules.vocabulary.bodies[body].citation


def _meetings(norms: _Norms) -> Iterator[str]:
    """The meetings that some norm of the instrument is about."""
    v = norms.rules.vocabulary
    if BODY not in v.attributes or KIND not in v.attributes:
        return
    for body in v.bodies.values():
        if body.kind == MEETING and _of(norms, body.id):
            yield body.id


def _of(norms: _Norms, body: str) -> Sequence[Norm]:
    """The norms that make a meeting a meeting: what it does, else who makes it up, else when it meets."""
    return norms.powers.get(body) or norms.compositions.get(body) or norms.cadences.get(body) or ()


def _needed(norms: _Norms, body: str, need: str) -> bool:
    powers = norms.powers.get(body, [])
    if need in _DECIDING:
        return any(norms.rules.is_decisive(p.act) for p in powers)
    if need == "minutes-signer":
        return bool(powers) and any(_meeting_the(norms, body, "minutes"))
    if need == "chair-stand-in":
        return any(_meeting_the(norms, body, "chair"))
    return bool(powers) or need not in _ACTING


def _meeting_the(norms: _Norms, body: str, need: str) -> Iterator[Norm]:
    """The norms that meet a need."""
    compositions = norms.compositions.get(body, [])
    match need:
        case "chair":
            yield from (n for n in compositions if n.chair is not None)
        case "chair-stand-in":
            yield from _other_chairs(norms.rules, body, [n for n in compositions if n.chair is not None])
        case "cadence":
            yield from norms.cadences.get(body, [])
        case "quorum":
            yield from (n for n in compositions if n.quorum)
        case "decision":
            yield from (n for n in compositions if n.decides)
        case _:
            acting = [p.when for p in norms.powers.get(body, [])]
            yield from (n for n, spoken in norms.of_kinds if _speaks(norms.rules, n, spoken, body, need, acting))


def _other_chairs(rules: RuleSet, body: str, chaired: list[Composition]) -> Iterator[Norm]:
    v = rules.vocabulary
    chairs: set[str] = set()
    for norm in chaired:
        assert norm.chair is not None
        offices = offices_in(v, norm.chair)
        chairs |= offices
        if norm.chair_delegation is not None or len(offices) > 1 or any(v.offices[o].many for o in offices):
            yield norm
    given = {KIND: MEETING, BODY: body}
    for norm in rules.stand_ins:
        if norm.passes(_CHAIR) and offices_in(v, norm.principals) & chairs and may_hold(v, norm.when, given):
            yield norm


def _speaks(
    rules: RuleSet, norm: Power | Deontic, spoken: frozenset[str], body: str, need: str, acting: Sequence[ex.Cond]
) -> bool:
    """Whether a power or a duty meets a need that is about papers of the meeting, which acts where `acting` hold."""
    if isinstance(norm, Deontic) and norm.modality == "prohibition":
        return False
    v = rules.vocabulary
    if need in ("minutes", "minutes-signer"):
        fits = (need == "minutes" or norm.act == _SIGN) and may_hold(v, norm.when, {KIND: _MINUTES, BODY: body})
        return fits and KIND in spoken and not may_hold(v, norm.when, {KIND: v.attributes[KIND].plainest})
    if BODY not in spoken:
        return False
    kinds = [k for k in v.attributes[KIND].domain if k not in (MEETING, _MINUTES)]
    if need == "publication":
        return norm.act == _PUBLISH and any(may_hold(v, norm.when, {KIND: k, BODY: body}) for k in kinds)
    settles = norm.act in _PUTS or (rules.is_decisive(norm.act) and rules.is_scrutiny(norm.act))
    settles = settles and not (norm.by is not None and body in names_in(v, norm.by))
    return settles and any(
        may_hold(v, norm.when, {KIND: k, BODY: body}) and any(may_hold(v, w, {KIND: k, BODY: body}) for w in acting)
        for k in kinds
    )
