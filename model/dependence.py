"""What a norm's meaning rests on beyond its own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from model import expressions as ex
from model.norms import Norm
from model.ruleset import RuleSet


def mentioned(rules: RuleSet, norms: Iterable[str]) -> tuple[str, ...]:
    """Readings that norms depend on: by `under`, in their expressions, and through sets, terms and superiors."""
    found: dict[str, None] = {}
    seen: set[str] = set()

    def norm(norm_id: str) -> None:
        if norm_id in seen:
            return
        seen.add(norm_id)
        record = rules.lookup(norm_id)
        found.update(dict.fromkeys(r for r, _ in record.under))
        for node in _expressions(record):
            expression(node)
        for superior in rules.superiors.get(norm_id, ()):
            norm(superior)

    def expression(root: ex.Node) -> None:
        for node in root.walk():
            if isinstance(node, ex.Reading):
                found[node.reading] = None
            elif isinstance(node, ex.Name) and node.name in rules.vocabulary.sets:
                expression(rules.vocabulary.sets[node.name].members)
            elif isinstance(node, ex.Name) and node.name in rules.vocabulary.roles:
                expression(rules.vocabulary.roles[node.name].among)
            elif isinstance(node, ex.Flag) and node.name in rules.vocabulary.terms:
                expression(rules.vocabulary.terms[node.name].condition)

    for norm_id in norms:
        norm(norm_id)
    return tuple(r for r in rules.vocabulary.readings if r in found)


def attributes_of(rules: RuleSet, norm: Norm) -> Iterator[str]:
    """The attributes of papers that a norm's expressions speak of, through terms, sets and roles."""
    seen: set[str] = set()

    def inside(root: ex.Node) -> Iterator[str]:
        v = rules.vocabulary
        for node in root.walk():
            name = node.name if isinstance(node, (ex.Flag, ex.Name)) else ""
            if isinstance(node, (ex.Is, ex.IsNot)):
                yield node.attribute
            elif isinstance(node, ex.Flag) and name in v.attributes:
                yield name
            elif name and name not in seen:
                seen.add(name)
                if isinstance(node, ex.Flag) and name in v.terms:
                    yield from inside(v.terms[name].condition)
                elif isinstance(node, ex.Name) and name in v.sets:
                    yield from inside(v.sets[name].members)
                elif isinstance(node, ex.Name) and name in v.roles:
                    yield from inside(v.roles[name].among)

    for node in _expressions(norm):
        yield from inside(node)


def _expressions(record: Norm) -> Iterable[ex.Node]:
    return (v for v in vars(record).values() if isinstance(v, ex.Node))
