"""The abstract syntax of the condition language, and its printer.

Two sorts: conditions (`Cond`, true or false in a situation) and sets of actors (`ActorSet`).
`str(parse(str(e))) == str(e)` and `parse(str(e)) == e` for every expression (tested).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields


class Node:
    """Common to both sorts."""

    def children(self) -> Iterator[Node]:
        """Direct sub-expressions, left to right."""
        for f in fields(self):  # type: ignore[arg-type]
            value = getattr(self, f.name)
            if isinstance(value, Node):
                yield value
            elif isinstance(value, tuple):
                yield from (v for v in value if isinstance(v, Node))

    def walk(self) -> Iterator[Node]:
        """This expression and all below it, in pre-order."""
        yield self
        for child in self.children():
            yield from child.walk()


class Cond(Node):
    """A condition over a situation."""


class ActorSet(Node):
    """A set of officials and bodies in a situation."""


@dataclass(frozen=True)
class Const(Cond):
    value: bool

    def __str__(self) -> str:
        return "true" if self.value else "false"


TRUE = Const(True)
FALSE = Const(False)


@dataclass(frozen=True)
class Flag(Cond):
    """A boolean attribute of the paper, or a term."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Is(Cond):
    """An attribute of the paper has one of these values (`=` for one, `in {...}` for several)."""

    attribute: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        if len(self.values) == 1:
            return f"{self.attribute} = {self.values[0]}"
        return f"{self.attribute} in {{{', '.join(self.values)}}}"


@dataclass(frozen=True)
class IsNot(Cond):
    attribute: str
    value: str

    def __str__(self) -> str:
        return f"{self.attribute} != {self.value}"


@dataclass(frozen=True)
class Some(Cond):
    of: ActorSet

    def __str__(self) -> str:
        return f"some({self.of})"


@dataclass(frozen=True)
class Count(Cond):
    of: ActorSet
    op: str
    number: int

    def __str__(self) -> str:
        return f"count({self.of}) {self.op} {self.number}"


@dataclass(frozen=True)
class Reading(Cond):
    reading: str
    choice: str

    def __str__(self) -> str:
        return f"reading({self.reading}, {self.choice})"


@dataclass(frozen=True)
class Not(Cond):
    of: Cond

    def __str__(self) -> str:
        return f"not {_wrap(self.of, (And, Or))}"


@dataclass(frozen=True)
class And(Cond):
    parts: tuple[Cond, ...]

    def __str__(self) -> str:
        return " and ".join(_wrap(p, (And, Or)) for p in self.parts)


@dataclass(frozen=True)
class Or(Cond):
    parts: tuple[Cond, ...]

    def __str__(self) -> str:
        return " or ".join(_wrap(p, (Or,)) for p in self.parts)


@dataclass(frozen=True)
class Wanted(Cond):
    """Some stage of the act is wanted on the paper. Of properties only, as the three that follow."""

    act: str

    def __str__(self) -> str:
        return f"wanted({self.act})"


@dataclass(frozen=True)
class Stuck(Cond):
    """Some stage of the act is wanted and nobody may do it."""

    act: str

    def __str__(self) -> str:
        return f"stuck({self.act})"


@dataclass(frozen=True)
class Precedes(Cond):
    """On some route in force, a step of the one act comes before a step of the other."""

    first: str
    second: str

    def __str__(self) -> str:
        return f"precedes({self.first}, {self.second})"


@dataclass(frozen=True)
class Hands(ActorSet):
    """Everybody who may do the act on the paper now, stand-ins included."""

    act: str

    def __str__(self) -> str:
        return f"hands({self.act})"


OUTCOMES = (Wanted, Stuck, Precedes, Hands)
"""What a property may speak of and a norm may not: what the norms themselves lead to."""


@dataclass(frozen=True)
class Name(ActorSet):
    """An office, a body, a named set, a role of the paper, `principal`, or (in properties) `everyone`."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Image(ActorSet):
    """`in_charge(S)`, `present(S)`, `absent(S, causes...)` or the images of S under a relation."""

    function: str
    of: ActorSet
    causes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.function}({', '.join((str(self.of), *self.causes))})"


@dataclass(frozen=True)
class When(ActorSet):
    """The set if the condition holds, else the empty set."""

    of: ActorSet
    condition: Cond

    def __str__(self) -> str:
        return f"({self.of} when {self.condition})"


@dataclass(frozen=True)
class Union(ActorSet):
    parts: tuple[ActorSet, ...]

    def __str__(self) -> str:
        return " | ".join(_wrap(p, (Union,)) for p in self.parts)


@dataclass(frozen=True)
class Minus(ActorSet):
    left: ActorSet
    right: ActorSet

    def __str__(self) -> str:
        return f"{_wrap(self.left, (Union,))} - {_wrap(self.right, (Union, Minus))}"


@dataclass(frozen=True)
class Both(ActorSet):
    parts: tuple[ActorSet, ...]

    def __str__(self) -> str:
        return " & ".join(_wrap(p, (Union, Minus, Both)) for p in self.parts)


def _wrap(node: Node, loose: tuple[type, ...]) -> str:
    return f"({node})" if isinstance(node, loose) else str(node)


PRINCIPAL = "principal"
EVERYONE = "everyone"
FUNCTIONS = ("in_charge", "present", "absent")


def conjunction(*parts: Cond) -> Cond:
    """The flattened conjunction, without the parts that are `true`."""
    flat: list[Cond] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, And) else [part])
    kept = [p for p in flat if p != TRUE]
    if not kept:
        return TRUE
    return kept[0] if len(kept) == 1 else And(tuple(kept))
