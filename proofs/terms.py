"""Formulas as plain SMT-LIB 2 terms, without anything that only one solver knows.

A table of nodes, each a head and earlier nodes, shared wherever they are equal; so one walk over a formula
serves every script it occurs in. Bounds on weighted sums of Booleans become nested `ite` (a decision
diagram: `x` uses up its weight, or does not). Of schedules, which are terms of Z3, `div` and `mod` by a constant become
a quotient and a remainder with the constraint that ties them. So the result is in QF_UF or QF_LIA.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import z3

from model.errors import SelfCheckError
from proofs.boolean import Formula, Kind, Term


@dataclass(frozen=True)
class Node:
    """`(head args...)`, or a constant or numeral where there are no arguments; `sort` of a declared constant."""

    head: str
    args: tuple[int, ...] = ()
    sort: str = ""


_HEADS = {Kind.NOT: "not", Kind.AND: "and", Kind.OR: "or"}
_Z3_HEADS = {
    z3.Z3_OP_TRUE: "true",
    z3.Z3_OP_FALSE: "false",
    z3.Z3_OP_AND: "and",
    z3.Z3_OP_OR: "or",
    z3.Z3_OP_NOT: "not",
    z3.Z3_OP_IMPLIES: "=>",
    z3.Z3_OP_EQ: "=",
    z3.Z3_OP_ITE: "ite",
    z3.Z3_OP_ADD: "+",
    z3.Z3_OP_SUB: "-",
    z3.Z3_OP_MUL: "*",
    z3.Z3_OP_LE: "<=",
    z3.Z3_OP_GE: ">=",
    z3.Z3_OP_LT: "<",
    z3.Z3_OP_GT: ">",
}


class Terms:
    """The table. Nodes only refer to earlier ones, so that their numbers are an order to write them in."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.side: dict[int, int] = {}
        """For a constant that stands for a quotient or remainder, the node that says so."""
        self._numbers: dict[Node, int] = {}
        self._known: dict[Term, int] = {}
        self._foreign: dict[int, int] = {}
        self._kept: list[z3.ExprRef] = []  # an id is that of a term only as long as the term lives

    def number(self, formula: Formula | z3.BoolRef) -> int:
        """The node of a formula, or of a term of Z3. Raises SelfCheckError for one that has no plain form here."""
        if isinstance(formula, bool):
            return self._node(str(formula).lower())
        if isinstance(formula, z3.BoolRef):
            return self._walk(formula)
        found = self._known.get(formula)
        if found is None:
            for term in formula.below():
                if term not in self._known:
                    self._known[term] = self._plain(term, [self._known[a] for a in term.args])
            found = self._known[formula]
        return found

    def _plain(self, term: Term, args: list[int]) -> int:
        if term.kind is Kind.VAR:
            return self._node(quoted(term.name), (), "Bool")
        if term.kind is Kind.SUM:
            return self.at_most(args, term.weights, term.limit)
        return self._node(_HEADS[term.kind], tuple(args))

    def cone(self, numbers: Iterable[int]) -> list[int]:
        """These nodes and all they are made of, in order, with what ties quotients and remainders."""
        seen: set[int] = set()
        stack = list(numbers)
        while stack:
            number = stack.pop()
            if number not in seen:
                seen.add(number)
                stack.extend(self.nodes[number].args)
                if number in self.side:
                    stack.append(self.side[number])
        return sorted(seen)

    # from Z3

    def _walk(self, root: z3.ExprRef) -> int:
        stack: list[tuple[z3.ExprRef, bool]] = [(root, False)]
        while stack:
            term, ready = stack.pop()
            if term.get_id() in self._foreign:
                continue
            children = term.children()
            if not ready and children:
                stack.append((term, True))
                stack.extend((c, False) for c in children)
                continue
            self._kept.append(term)
            self._foreign[term.get_id()] = self._made(term, [self._foreign[c.get_id()] for c in children])
        return self._foreign[root.get_id()]

    def _made(self, term: z3.ExprRef, args: list[int]) -> int:
        declaration = term.decl()
        kind = declaration.kind()
        if kind == z3.Z3_OP_UNINTERPRETED and not args:
            return self._node(quoted(declaration.name()), (), term.sort().name())
        if kind == z3.Z3_OP_ANUM:
            value = term.as_long()  # type: ignore[attr-defined]
            return self._node(str(value)) if value >= 0 else self._node("-", (self._node(str(-value)),))
        if kind in (z3.Z3_OP_IDIV, z3.Z3_OP_MOD):
            return self._divided(kind, args)
        head = _Z3_HEADS.get(kind)
        if head is None:
            raise SelfCheckError(f"no plain SMT-LIB for {declaration.name()}")
        return self._node(head, tuple(args))

    def _node(self, head: str, args: tuple[int, ...] = (), sort: str = "") -> int:
        node = Node(head, args, sort)
        found = self._numbers.get(node)
        if found is None:
            found = self._numbers[node] = len(self.nodes)
            self.nodes.append(node)
        return found

    # weighted sums

    def at_most(self, args: Sequence[int], weights: Sequence[int], limit: int) -> int:
        """That the weights of the true ones among `args` sum to at most `limit`."""
        if limit < 0:
            return self._node("false")
        left = [sum(weights[i:]) for i in range(len(args) + 1)]
        rooms: list[set[int]] = [{limit}]  # what may be left to use up, before each argument
        for i, weight in enumerate(weights):
            open_ = [r for r in rooms[i] if r < left[i]]
            rooms.append(set(open_) | {r - weight for r in open_ if r >= weight})
        true, false = self._node("true"), self._node("false")
        below: dict[int, int] = {}

        def at(room: int, index: int) -> int:
            return false if room < 0 else true if room >= left[index] else below[room]

        for i in range(len(args) - 1, -1, -1):
            here: dict[int, int] = {}
            for room in sorted(rooms[i]):
                if room < left[i]:
                    here[room] = self._ite(args[i], at(room - weights[i], i + 1), at(room, i + 1))
            below = here
        return at(limit, 0)

    def _ite(self, condition: int, then: int, otherwise: int) -> int:
        if then == otherwise:
            return then
        if self.nodes[then].head == "false":
            no = self._node("not", (condition,))
            return no if self.nodes[otherwise].head == "true" else self._node("and", (no, otherwise))
        return self._node("ite", (condition, then, otherwise))

    # div and mod

    def _divided(self, kind: int, args: Sequence[int]) -> int:
        """`x = d * q + r` with `0 <= r < d`, as SMT-LIB defines both for a positive constant `d`."""
        dividend, divisor = args
        if not self.nodes[divisor].head.isdigit() or self.nodes[divisor].head == "0":
            raise SelfCheckError("a division by something else than a positive constant")
        stem = f"{dividend} by {self.nodes[divisor].head}"
        quotient = self._node(quoted(f"quotient of {stem}"), (), "Int")
        rest = self._node(quoted(f"remainder of {stem}"), (), "Int")
        product = self._node("+", (self._node("*", (divisor, quotient)), rest))
        within = (self._node("<=", (self._node("0"), rest)), self._node("<", (rest, divisor)))
        self.side[quotient] = self.side[rest] = self._node("and", (self._node("=", (dividend, product)), *within))
        return quotient if kind == z3.Z3_OP_IDIV else rest


def quoted(name: str) -> str:
    """A symbol of any name."""
    return "|" + name.replace("\\", "/").replace("|", "/") + "|"
