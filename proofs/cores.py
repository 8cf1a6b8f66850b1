"""Minimal cores: the norms a finding needs, and regions: how far a finding extends."""

from __future__ import annotations

from model.errors import SelfCheckError
from proofs.boolean import Formula, conj, neg
from proofs.encoding import Key
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
    switches = {s.get_id(): name for name, s in session.encoding.switches.items()}
    nameless = {d.id for duties in session.encoding.rules.requirements.values() for d in duties}
    telling = [s for n, s in session.encoding.switches.items() if n not in nameless]
    core = session.core([*telling, *point, against], whole=False)
    if core is None:
        core = session.core([*session.encoding.switches.values(), *point, against], whole=False)
    if core is None:
        raise SelfCheckError("a witness is not forced by the rule set")
    kept = [c for c in core if c.get_id() in switches]
    smallest = session.shrink(kept, [*point, against], whole=False)
    order = list(session.encoding.rules.powers) + list(session.encoding.rules.norms)
    return tuple(sorted((switches[s.get_id()] for s in smallest), key=order.index))


def generalise(session: Session, finding: Formula, at: dict[Key, str]) -> Cube:
    """A maximal cube around a situation throughout which the finding holds.

    Maximal: no variable can be freed and no value added. A cube is a prime implicant over finite
    domains, so that a region is told in as few words as possible.
    """
    against = session.literal(neg(finding))
    point = session.outside({k: frozenset({v}) for k, v in at.items()})
    core = session.core([*point, against])
    if core is None:
        raise SelfCheckError("a witness is not forced by the rule set")
    kept = {c.get_id() for c in session.shrink(core, [against])}
    cube: Cube = {}
    for key, variable in session.encoding.variables.items():
        allowed = set(variable.values)
        for value, negation in zip(variable.values, variable.negations, strict=True):
            if value != at[key] and negation.get_id() in kept:
                allowed.discard(value)
        if len(allowed) < len(variable.values):
            cube[key] = frozenset(allowed)
    return cube


def cube_formula(session: Session, cube: Cube) -> Formula:
    """That a situation lies in the cube."""
    return conj(session.outside(cube))


def contains(cube: Cube, at: dict[Key, str]) -> bool:
    """Whether values of the variables lie in the cube."""
    return all(at[key] in allowed for key, allowed in cube.items())
