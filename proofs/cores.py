"""Minimal cores: the norms a finding needs, and regions: how far a finding extends."""

from __future__ import annotations

from model.errors import SelfCheckError
from proofs.boolean import Formula, Kind, Term, conj, neg
from proofs.expressions import Key
from proofs.session import Cube, Session


def minimal_core(session: Session, finding: Formula, at: dict[Key, str]) -> tuple[str, ...]:
    """Ids of norms that force the finding in a situation, whatever else the rule set says.

    Minimal: without any one of them the finding is not forced. Norms that name an actor are preferred to
    duties that name none, for they tell a drafter more. Raises SelfCheckError where the whole rule set
    does not force the finding, for then the situation is no witness.
    """
    against = session.literal(neg(finding))
    point = session.outside({k: frozenset({v}) for k, v in at.items()})
    session.model([])  # so that every switch the formula needs is known
    switches = {s: name for name, s in session.encoding.switches.items()}
    nameless = {d.id for duties in session.encoding.rules.requirements.values() for d in duties}
    telling = [s for n, s in session.encoding.switches.items() if n not in nameless]
    core = session.core([*telling, *point, against], whole=False)
    if core is None:
        core = session.core([*session.encoding.switches.values(), *point, against], whole=False)
    if core is None:
        raise SelfCheckError("a witness is not forced by the rule set")
    kept = [c for c in core if c in switches]
    smallest = session.shrink(kept, [*point, against], whole=False)
    order = list(session.encoding.rules.powers) + list(session.encoding.rules.norms)
    return tuple(sorted((switches[s] for s in smallest), key=order.index))


def generalise(session: Session, finding: Formula, at: dict[Key, str]) -> Cube:
    """A maximal cube around a situation throughout which the finding holds.

    Maximal: no variable can be freed and no value added. A cube is a prime implicant over finite
    domains, so that a region is told in as few words as possible.
    """
    against = session.literal(neg(finding))
    point = session.outside({k: frozenset({v}) for k, v in at.items()})
    needed = _needed(session, finding, at)
    if session.core([*needed, against]) is not None:
        kept = needed  # each is in every core, and together they are one
    else:
        core = session.core([*point, against])
        if core is None:
            raise SelfCheckError("a witness is not forced by the rule set")
        spared = set(needed)
        kept = [*needed, *session.shrink([c for c in core if c not in spared], [*needed, against])]
    out = set(kept)
    cube: Cube = {}
    for key, variable in session.encoding.variables.items():
        allowed = set(variable.values)
        for value, negation in zip(variable.values, variable.negations, strict=True):
            if value != at[key] and negation in out:
                allowed.discard(value)
        if len(allowed) < len(variable.values):
            cube[key] = frozenset(allowed)
    return cube


def _needed(session: Session, finding: Formula, at: dict[Key, str]) -> list[Term]:
    """Negated values that every core has: with the one value instead, and all else as it is, the situation can
    occur and the finding does not hold. All neighbours of the situation are evaluated at once."""
    encoding = session.encoding
    neighbours = [
        (key, index)
        for key, variable in encoding.variables.items()
        for index, value in enumerate(variable.values)
        if value != at[key]
    ]
    every = (1 << len(neighbours)) - 1
    given: dict[Term, int] = dict.fromkeys(encoding.switches.values(), every)
    for key, variable in encoding.variables.items():
        here = variable.literals[variable.values.index(at[key])]
        if here.kind is Kind.VAR:
            given[here] = every
    for number, (key, index) in enumerate(neighbours):
        variable = encoding.variables[key]
        here, there = variable.literals[variable.values.index(at[key])], variable.literals[index]
        if here.kind is Kind.VAR:
            given[here] &= ~(1 << number)
        if there.kind is Kind.VAR:
            given[there] = given.get(there, 0) | 1 << number
    escapes = session.evaluate(neg(finding), given, every)
    pairs = enumerate(neighbours)
    return [encoding.variables[key].negations[i] for n, (key, i) in pairs if escapes >> n & 1]


def cube_formula(session: Session, cube: Cube) -> Formula:
    """That a situation lies in the cube."""
    return conj(session.outside(cube))


def contains(cube: Cube, at: dict[Key, str]) -> bool:
    """Whether values of the variables lie in the cube."""
    return all(at[key] in allowed for key, allowed in cube.items())
