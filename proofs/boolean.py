"""Formulas: connectives that fold constants, over terms that are shared, so that what is equal is one object.

Nothing here knows a solver. A term is built once a process for as long as somebody holds it; its `digest` is a hash
of its content, the same in every process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import reduce
from itertools import combinations
from weakref import WeakValueDictionary


class Kind(IntEnum):
    """What a term is. `SUM`: the weights of its true parts come to at most `limit`."""

    VAR = 0
    NOT = 1
    AND = 2
    OR = 3
    SUM = 4


class Term:
    """A formula that is no constant. Compare with `is`; never change one."""

    __slots__ = ("__weakref__", "_digest", "args", "kind", "limit", "name", "weights")

    kind: Kind
    name: str
    args: tuple[Term, ...]
    weights: tuple[int, ...]
    limit: int
    _digest: bytes | None

    def __repr__(self) -> str:
        match self.kind:
            case Kind.VAR:
                return self.name
            case Kind.NOT:
                return f"~{self.args[0]!r}"
            case Kind.SUM:
                parts = " + ".join(f"{w}*{a!r}" for w, a in zip(self.weights, self.args, strict=True))
                return f"({parts} <= {self.limit})"
            case _:
                return "(" + (" & " if self.kind is Kind.AND else " | ").join(map(repr, self.args)) + ")"

    def below(self) -> Iterator[Term]:
        """The term and all below it, each once, parts before what they are parts of."""
        seen: set[Term] = set()
        stack: list[Term] = [self]
        while stack:
            term = stack[-1]
            missing = [a for a in term.args if a not in seen]
            if missing:
                stack += reversed(missing)
            else:
                stack.pop()
                if term not in seen:
                    seen.add(term)
                    yield term

    @property
    def digest(self) -> bytes:
        """A hash of the content: of equal terms, in whatever process, it is the same."""
        if self._digest is None:
            for term in self.below():
                if term._digest is None:
                    own = f"{int(term.kind)}|{term.name}|{term.weights}|{term.limit}|".encode()
                    parts = (a._digest or b"" for a in term.args)
                    term._digest = hashlib.sha256(own + b"".join(parts)).digest()
            assert self._digest is not None
        return self._digest


Formula = Term | bool

_terms: WeakValueDictionary[tuple[object, ...], Term] = WeakValueDictionary()


def _term(kind: Kind, args: tuple[Term, ...], name: str = "", weights: tuple[int, ...] = (), limit: int = 0) -> Term:
    key = (kind, args, name, weights, limit)
    found = _terms.get(key)
    if found is None:
        found = Term()
        found.kind, found.args, found.name, found.weights, found.limit = kind, args, name, weights, limit
        found._digest = None
        _terms[key] = found
    return found


def variable(name: str) -> Term:
    """The Boolean variable of this name."""
    return _term(Kind.VAR, (), name)


def conj(parts: Iterable[Formula]) -> Formula:
    """The conjunction; True where there are no parts."""
    kept: dict[Term, None] = {}
    for part in parts:
        if part is False:
            return False
        if part is not True:
            kept[part] = None
    if len(kept) < 2:
        return next(iter(kept), True)
    return _term(Kind.AND, tuple(kept))


def disj(parts: Iterable[Formula]) -> Formula:
    """The disjunction; False where there are no parts."""
    kept: dict[Term, None] = {}
    for part in parts:
        if part is True:
            return True
        if part is not False:
            kept[part] = None
    if len(kept) < 2:
        return next(iter(kept), False)
    return _term(Kind.OR, tuple(kept))


def neg(part: Formula) -> Formula:
    return (not part) if isinstance(part, bool) else opposite(part)


def opposite(term: Term) -> Term:
    """The negation of a term; of a negation, what it negates."""
    return term.args[0] if term.kind is Kind.NOT else _term(Kind.NOT, (term,))


def implies(left: Formula, right: Formula) -> Formula:
    return disj([neg(left), right])


def at_least(parts: Iterable[Formula], number: int) -> Formula:
    """At least `number` of the parts, by subsets: the sets here have a handful of members."""
    parts = list(parts)
    return disj(conj(chosen) for chosen in combinations(parts, number))


def at_most(parts: Iterable[Formula], limit: int) -> Formula:
    """At most `limit` of the parts, as a sum."""
    return sum_at_most([(p, 1) for p in parts], limit)


def sum_at_most(parts: Iterable[tuple[Formula, int]], limit: int) -> Formula:
    """The weights (none negative) of the true parts come to at most `limit`."""
    open_: list[tuple[Term, int]] = []
    for part, weight in parts:
        if isinstance(part, Term):
            open_.append((part, weight))
        else:
            limit -= weight * part
    if limit < 0:
        return False
    if sum(w for _, w in open_) <= limit:
        return True
    return _term(Kind.SUM, tuple(p for p, _ in open_), "", tuple(w for _, w in open_), limit)


def exactly_one(parts: Sequence[Term]) -> Formula:
    return conj([disj(parts), at_most(parts, 1)])


def odd(parts: Iterable[Formula]) -> Formula:
    """An odd number of the parts."""
    found: Formula = False
    for part in parts:
        found = disj([conj([found, neg(part)]), conj([neg(found), part])])
    return found


def iff(left: Formula, right: Formula) -> Formula:
    return conj([implies(left, right), implies(right, left)])


def substituted(formulas: Iterable[Formula], known: Mapping[Term, bool]) -> list[Formula]:
    """The formulas with these variables fixed, constants folded."""
    done: dict[Term, Formula] = dict(known)
    found: list[Formula] = []
    for formula in formulas:
        if isinstance(formula, Term):
            for term in formula.below():
                if term not in done:
                    done[term] = _rebuilt(term, [done[a] for a in term.args])
            found.append(done[formula])
        else:
            found.append(formula)
    return found


def _rebuilt(term: Term, args: Sequence[Formula]) -> Formula:
    match term.kind:
        case Kind.VAR:
            return term
        case Kind.NOT:
            return neg(args[0])
        case Kind.AND:
            return conj(args)
        case Kind.OR:
            return disj(args)
        case Kind.SUM:
            return sum_at_most(zip(args, term.weights, strict=True), term.limit)


class Circuit:
    """Formulas to be evaluated at many points at once: a bit of each value is the value at one point."""

    def __init__(self, formulas: Sequence[Formula]) -> None:
        self._places: dict[Term, int] = {}
        self._steps: list[tuple[Kind, tuple[int, ...], tuple[int, ...], int]] = []
        self._variables: list[tuple[int, Term]] = []
        self._constants = [f if isinstance(f, bool) else None for f in formulas]
        for formula in formulas:
            if isinstance(formula, Term):
                self._compile(formula)
        self._outputs = [self._places[f] if isinstance(f, Term) else -1 for f in formulas]

    def _compile(self, formula: Term) -> None:
        for term in formula.below():
            if term not in self._places:
                self._places[term] = len(self._steps)
                if term.kind is Kind.VAR:
                    self._variables.append((len(self._steps), term))
                self._steps.append((term.kind, tuple(self._places[a] for a in term.args), term.weights, term.limit))

    def values(self, given: Mapping[Term, int], every: int) -> list[int]:
        """The formulas' values. `given`: those of variables (others are false); `every`: a one for each point."""
        found = [0] * len(self._steps)
        for place, term in self._variables:
            found[place] = given.get(term, 0)
        for place, (kind, args, weights, limit) in enumerate(self._steps):
            match kind:
                case Kind.VAR:
                    pass
                case Kind.NOT:
                    found[place] = every & ~found[args[0]]
                case Kind.AND:
                    value = every
                    for a in args:
                        value &= found[a]
                        if not value:
                            break
                    found[place] = value
                case Kind.OR:
                    found[place] = reduce(int.__or__, [found[a] for a in args])
                case Kind.SUM:
                    found[place] = every & ~_over([found[a] for a in args], weights, limit)
        pairs = zip(self._constants, self._outputs, strict=True)
        return [found[o] if c is None else every * c for c, o in pairs]


def _over(values: Sequence[int], weights: Sequence[int], limit: int) -> int:
    """The points at which the weighted sum exceeds the limit."""
    reached = [0] * (limit + 2)  # at which points the sum is at least this number; the last: more than the limit
    reached[0] = -1
    for value, weight in zip(values, weights, strict=True):
        if value:
            for number in range(limit + 1, 0, -1):
                reached[number] |= value & reached[max(number - weight, 0)]
    return reached[limit + 1]
