"""Questions as SMT-LIB 2 scripts that any solver reads: what is asserted, what is assumed, what Z3 said.

A script holds every query of one question. It uses declarations, nullary definitions (for terms that occur
more than once), named assertions, `push` and `pop`, and `check-sat-assuming`; of theories only the Booleans,
and linear integer arithmetic for schedules. The answer expected stands before each query as its `:status`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from proofs.recorder import Base, Query, Question, Role
from proofs.terms import Terms, quoted

VERDICTS = {True: "sat", False: "unsat"}


def script(terms: Terms, question: Question, title: Iterable[str] = ()) -> str:
    """One question as a script of its own."""
    writer = Writer(terms, [question])
    return writer.head(title) + "".join(writer.queries(question)) + "(exit)\n"


class Writer:
    """Writes queries one after the other; what was declared, defined or asserted once is there for the next."""

    def __init__(self, terms: Terms, questions: Sequence[Question], expecting: bool = True) -> None:
        """`expecting`: with the answer expected before each query."""
        self._terms, self._expecting = terms, expecting
        queries = [q for question in questions for q in question.queries]
        self._names: dict[int, str] = {}
        self._asserted: dict[int, int] = {}
        self._guards: dict[int, str] = {}
        self._integers = any(q.role is Role.SCHEDULE for q in queries)
        self._uses = self._counted(queries)
        # where solvers with different assertions answered, each set holds under an assumption of its own
        self._guarded = len({id(q.base) for q in queries}) > 1
        self._number = 0

    def _counted(self, queries: Sequence[Query]) -> dict[int, int]:
        """How often each node is part of another, or of a query, in the whole script."""
        roots: list[int] = []
        bases = {id(q.base): q.base for q in queries}
        for formula in (f for b in bases.values() for _, f in b.assertions):
            roots.append(self._terms.number(formula))
        for query in queries:
            roots += (self._terms.number(f) for f in (*query.added, *query.assumptions))
        uses: dict[int, int] = {}
        for number in roots:
            uses[number] = uses.get(number, 0) + 1
        for number in self._terms.cone(roots):
            for arg in self._terms.nodes[number].args:
                uses[arg] = uses.get(arg, 0) + 1
        return uses

    def head(self, title: Iterable[str]) -> str:
        lines = [f"; {' '.join(line.split())}" for line in title]
        lines.append(f"(set-logic {'QF_LIA' if self._integers else 'QF_UF'})")
        return "\n".join(lines) + "\n"

    def queries(self, question: Question) -> Iterator[str]:
        """A piece for each query of the question; of one that was folded, as if it had been asked."""
        if not question.queries:
            status = "".join(f"{line}\n" for line in self._status(False))
            yield f"(push 1)\n(assert (! false :named folded))\n{status}(check-sat)\n(pop 1)\n"
        for query in question.queries:
            self._number += 1
            yield self._query(self._number, query)

    def _query(self, number: int, query: Query) -> str:
        lines = list(self._told(query.base, query.known))
        added = [self._terms.number(f) for f in query.added]
        assumed = [self._terms.number(f) for f in (*query.assumptions, *query.point)]
        lines += self._introduced([*added, *assumed], assumed)
        lines.append(f"; query {number}: {query.role.value} Z3 says {VERDICTS[query.answer]}")
        if query.point:
            lines.append(f"; the last {len(query.point)} assumptions are the situation Z3 found")
        if added:
            lines.append("(push 1)")
            lines += (self._assertion(f"added {number}.{i}", n) for i, n in enumerate(added, 1))
        assumptions = [self._guards[id(query.base)]] if self._guarded else []
        assumptions += (self._names[n] for n in dict.fromkeys(assumed))
        lines += self._status(query.answer)
        lines.append(f"(check-sat-assuming ({' '.join(assumptions)}))")
        if added:
            lines.append("(pop 1)")
        return "\n".join(lines) + "\n"

    def _status(self, answer: bool) -> list[str]:
        return [f"(set-info :status {VERDICTS[answer]})"] if self._expecting else []

    def _told(self, base: Base, known: int) -> Iterator[str]:
        """The assertions of a base that were not yet made."""
        guard = ""
        if self._guarded:
            if id(base) not in self._guards:
                self._guards[id(base)] = quoted(f"{base.name} {len(self._guards) + 1}")
                yield f"(declare-const {self._guards[id(base)]} Bool)"
            guard = self._guards[id(base)]
        start = self._asserted.get(id(base), 0)
        fresh = [(name, self._terms.number(f)) for name, f in base.assertions[start:known]]
        self._asserted[id(base)] = max(start, known)
        yield from self._introduced([n for _, n in fresh], [])
        for i, (name, number) in enumerate(fresh, start + 1):
            yield self._assertion(f"{name} #{i}{' ' + guard.strip('|') if guard else ''}", number, guard)

    def _assertion(self, name: str, number: int, guard: str = "") -> str:
        text = self._names[number]
        return f"(assert (! {f'(=> {guard} {text})' if guard else text} :named {quoted(name)}))"

    def _introduced(self, wanted: Iterable[int], assumed: Sequence[int]) -> Iterator[str]:
        """Declare constants, and define what occurs more than once or is to be assumed, in the order of the nodes."""
        nodes = self._terms.nodes
        cone = [n for n in self._terms.cone(wanted) if n not in self._names]
        alone = {n for n in assumed if not self._literal(n)}
        ties: list[int] = []
        for number in cone:
            node = nodes[number]
            if node.sort:
                self._names[number] = node.head
                yield f"(declare-const {node.head} {node.sort})"
                ties += [self._terms.side[number]] if number in self._terms.side else []
                continue
            text = f"({node.head} {' '.join(self._names[a] for a in node.args)})" if node.args else node.head
            if number not in alone and (not node.args or self._uses.get(number, 0) < 2 or self._literal(number)):
                self._names[number] = text
                continue
            self._names[number] = f"d{number}"
            yield f"(define-fun d{number} () {'Int' if self._is_integer(number) else 'Bool'} {text})"
        for tie in dict.fromkeys(ties):
            yield self._assertion(f"division {tie}", tie)

    def _literal(self, number: int) -> bool:
        """Whether the node may stand in an assumption as it is: a constant or the negation of one."""
        node = self._terms.nodes[number]
        return bool(node.sort) or (node.head == "not" and bool(self._terms.nodes[node.args[0]].sort))

    def _is_integer(self, number: int) -> bool:
        node = self._terms.nodes[number]
        if node.head == "ite":
            return self._is_integer(node.args[1])
        return node.sort == "Int" or node.head in ("+", "-", "*") or node.head.isdigit()
