"""Generated rule sets: of the size asked for, in the shape of the instrument, and sound as if read from a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import guize
from bench.growth.collection import BASE, collection, shape
from model import expressions as ex
from model.contents import content
from model.cross_checks import bodies_in
from model.norms import Bound, Cadence, Composition, Exclusion, Norm, Power, Precedence, Reserved, Route, StandIn
from model.reachability import reachable
from model.ruleset import RuleSet
from model.situation import Situation, make_cast, plain_readings
from model.sorts import Names, check_condition, check_set

SIZES = (100, 300, 700)


@pytest.mark.parametrize("norms", SIZES)
def test_it_has_so_many_norms(norms: int) -> None:
    assert len(collection(norms).norms) == norms


def test_the_same_arguments_give_the_same_rule_set() -> None:
    assert content(tuple(collection(300).norms.values())) == content(tuple(collection(300).norms.values()))
    assert set(collection(300).norms) != set(collection(300, seed=1).norms)


def test_too_few_norms_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        collection(12)


@pytest.mark.parametrize("norms", SIZES)
def test_every_form_has_the_part_of_the_whole_that_it_has_in_the_instrument(norms: int) -> None:
    """Within a twentieth of all norms at a hundred, where the ties and the law common to all weigh most."""
    real, made = shape(guize.load(BASE)), shape(collection(norms))
    assert set(made) == set(real)
    assert max(abs(made[f] - real[f]) for f in real) < (0.05 if norms < 300 else 0.025)


def test_routes_and_conditions_are_as_long_as_in_the_instrument() -> None:
    def measures(rules: RuleSet) -> list[float]:
        routes = [len(r.steps) for r in rules.routes.values()]
        conditions = [sum(1 for _ in n.when.walk()) for n in rules.norms.values()]
        seats = [sum(1 for _ in p.by.walk()) for p in rules.powers.values()]
        return [sum(x) / len(x) for x in (routes, conditions, seats)]

    for real, made in zip(measures(guize.load(BASE)), measures(collection(700)), strict=True):
        assert made == pytest.approx(real, rel=0.2)


def test_governments_are_tied_to_one_another() -> None:
    rules = collection(700)
    numbers = [o.removeprefix("head_g") for o in rules.vocabulary.offices if o.startswith("head_g")]
    assert len(numbers) == 5
    for one, following in zip(numbers, numbers[1:] + numbers[:1], strict=True):
        superior = rules.norms[f"vacancy_g{one}"]
        assert isinstance(superior, StandIn) and str(superior.by) == "commissioner"
        entrusted = rules.powers[f"entrusted_g{one}"]
        assert str(entrusted.by) == "commissioner" and str(entrusted.delegation) == f"head_g{one}"
        assert str(rules.powers[f"neighbour_g{one}"].by) == f"office_director_g{following}"


@pytest.mark.parametrize("norms", SIZES)
def test_it_is_sound(norms: int) -> None:
    """What the loader would check of a file: every name is defined and of the right sort, nothing is circular."""
    rules = collection(norms)
    assert list(_faults(rules)) == []
    assert reachable(rules, _plain(rules))


def test_an_unsound_one_would_be_noticed() -> None:
    rules = collection(100)
    del rules.vocabulary.offices["head_g1"]
    assert any("head_g1" in fault for fault in _faults(rules))


def _plain(rules: RuleSet) -> Situation:
    """Nobody away, an ordinary paper that touches every portfolio."""
    cast = make_cast(rules)
    paper = Situation(cast).paper
    return Situation(cast, type(paper)({}, frozenset(cast.ids)), readings=plain_readings(rules))


def _faults(rules: RuleSet) -> Iterator[str]:
    v = rules.vocabulary
    names = Names(v)
    records = [*v.sets.values(), *v.roles.values(), *v.relations.values(), *v.terms.values(), *rules.facts]
    for record in (*records, *rules.norms.values(), *rules.powers.values()):
        principal = isinstance(record, (StandIn, Exclusion))
        for value in vars(record).values():
            check = check_set if isinstance(value, ex.ActorSet) else check_condition
            if isinstance(value, ex.Node):
                yield from (f"{record.id}: {p.name}" for p in check(value, names, principal))
    for office in v.offices.values():
        yield from (f"{office.id}: {o}" for o in office.is_a if o not in v.offices)
    for norm in [*rules.norms.values(), *rules.powers.values()]:
        yield from (f"{norm.id}: {x}" for x in _unknown(rules, norm))
    yield from (f"{n}: gives way to itself" for n in rules.norms if n in _above(rules, n))


def _unknown(rules: RuleSet, norm: Norm) -> Iterator[str]:
    """Ids that the norm names and that are not there; actors that cannot be what they are named as."""
    v = rules.vocabulary
    known = {*rules.norms, *rules.powers}
    yield from (r for r, c in norm.under if r not in v.readings or c not in v.readings[r].domain)
    match norm:
        case Power(residual_to=others) | Route(residual_to=others):
            yield from (o for o in others if o not in known)
        case Precedence(prevails=winners, yields=losers):
            yield from (o for o in (*winners, *losers) if o not in known)
        case Bound(routes=routes, start=start, end=end):
            yield from (r for r in routes or ("no route",) if r not in rules.routes)
            for route in (rules.routes[r] for r in routes if r in rules.routes):
                yield from (e for e in (start, end) if e not in {"start", "end", *(s.id for s in route.steps)})
        case Cadence(body=body, route=route):
            yield from ([body] if body and body not in v.bodies else [])
            yield from ([route] if route and route not in rules.routes else [])
        case Composition(body=body, chair=chair):
            yield from ([body] if body not in v.bodies else [])
            yield from bodies_in(chair, v) if chair is not None else ()
        case StandIn(principals=principals, by=by):
            yield from (*bodies_in(principals, v), *bodies_in(by, v))
        case _:
            pass
    acts = [norm.act] if isinstance(norm, (Power, Reserved)) else []
    yield from (a for a in acts if a not in v.acts)


def _above(rules: RuleSet, norm: str) -> set[str]:
    found: set[str] = set()
    stack = list(rules.superiors.get(norm, ()))
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack.extend(rules.superiors.get(name, ()))
    return found
