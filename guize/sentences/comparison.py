"""Rows and cells of a comparison in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from guize.comparing import LACKS, Comparison, Loan, PaperClass, Row, StandIns
from guize.wording import NOBODY, Wording
from model import norms as nm
from model.ruleset import ADDRESSEE, BODY, KIND, NAME
from model.vocabulary import Label

NONE = "none"


class Telling:
    """One comparison in one language."""

    def __init__(self, comparison: Comparison, lang: str) -> None:
        self.comparison, self.lang = comparison, lang
        self.words = {name: Wording(rules, lang) for name, rules in comparison.instruments.items()}

    @property
    def zh(self) -> bool:
        return self.lang == "zh"

    def pick(self, zh: str, en: str) -> str:
        return zh if self.zh else en

    def _label(self, aspect: str, value: str) -> str:
        return self.comparison.label(aspect, value).get(self.lang)

    def instrument(self, name: str) -> str:
        """The place of the instrument."""
        return self.comparison.instruments[name].title.place.get(self.lang)

    def act(self, act: str) -> str:
        return self.comparison.act(act).get(self.lang)

    # rows

    def classes(self, row: Row) -> str:
        """The classes of a row: kinds by name and meeting; the addressee where it tells rows apart."""
        every: dict[tuple[str, str, str], set[str]] = {}
        for other in self.comparison.rows:
            if other.act == row.act:
                for c in other.classes:
                    every.setdefault(_key(c), set()).add(c.get(ADDRESSEE))
        mine: dict[tuple[str, str, str], list[str]] = {}
        for c in row.classes:
            mine.setdefault(_key(c), []).append(c.get(ADDRESSEE))
        told: list[tuple[str, str, str]] = []
        for (kind, name, body), addressees in mine.items():
            whole = set(addressees) == every[kind, name, body]
            told.append((name, body, self._kind(kind, () if whole else addressees)))
        told.sort(key=lambda x: x[:2])
        parts = []
        for (name, body), kinds in groupby(told, key=lambda x: x[:2]):
            listed = (self.pick("、", ", ")).join(k for _, _, k in kinds)
            parts.append(self._of(name, body, listed))
        return self.pick("；", "; ").join(parts)

    def _kind(self, kind: str, addressees: Sequence[str]) -> str:
        shown = self._label(KIND, kind)
        if not addressees:
            return shown
        to = self.pick("、", ", ").join(self._label(ADDRESSEE, a) for a in addressees)
        return self.pick(f"{shown}（主送{to}）", f"{shown} (to {to})")

    def _of(self, name: str, body: str, kinds: str) -> str:
        if body not in ("", NONE):
            of = self._label(BODY, body)
            return self.pick(f"{of}：{kinds}", f"{of}: {kinds}")
        if name not in ("", NOBODY):
            of = self._label(NAME, name)
            return self.pick(f"以{of}名义：{kinds}", f"in the name of {of}: {kinds}")
        return kinds

    # cells

    def cell(self, row: Row, name: str) -> list[str]:
        """What an instrument says, in lines: who, who stands in, by when."""
        cell = row.cells.get(name)
        if cell is None:
            return [self.pick("（无此类文件）", "(no such papers)")]
        if cell.silent:
            return [self.pick("（未规定）", "(not regulated)")]
        words = self.words[name]
        if not cell.answered and not cell.powers:
            return [self.pick("要求办理，未规定由谁办理", "wanted, and nobody is named")]
        powers = [words.rules.powers[p] for p in cell.powers]
        lines = [self.pick("；", "; ").join(dict.fromkeys(f"{words.actors(p.by, p.joint)}" for p in powers))]
        lines[0] += self.pick("（", " (") + words.list(dict.fromkeys(words.place(p.citation) for p in powers))
        lines[0] += self.pick("）", ")")
        if cell.absences:
            lines.append(self._stand_ins(words, cell.absences))
        if cell.urgent:
            lines.append(self.pick("特急件：", "most urgent: ") + self._stand_ins(words, cell.urgent))
        lines += [self._bound(words, b) for b in cell.bounds]
        return lines

    def _stand_ins(self, words: Wording, absences: Sequence[StandIns]) -> str:
        by_actors: dict[tuple[tuple[str, ...], bool], list[str]] = {}
        for each in absences:
            by_actors.setdefault((each.actors, each.delegated), []).append(words.state(each.cause))
        parts = []
        for (actors, delegated), causes in by_actors.items():
            who = words.list(words.actor(a) for a in actors) or self.pick("无人", "nobody")
            who += self.pick("（须委托）", " (if delegated)") if delegated else ""
            parts.append(self.pick(f"{'、'.join(causes)}→{who}", f"{', '.join(causes)} → {who}"))
        return self.pick("；", "; ").join(parts)

    def _bound(self, words: Wording, norm_id: str) -> str:
        bound = words.rules.norms[norm_id]
        assert isinstance(bound, nm.Bound)
        unit = nm.UNITS[bound.unit].get(self.lang)
        length = f"{bound.amount}{unit}" if self.zh else f"{bound.amount} {unit}"
        return self.pick(
            f"时限：{length}（{words.place(bound.citation)}）", f"limit: {length} ({words.place(bound.citation)})"
        )

    # summary

    def counts(self, name: str) -> tuple[int, int, int, int]:
        """Of the rows: answered, open (wanted and nobody named or able), not regulated, answered best."""
        cells = [(row, row.cells[name]) for row in self.comparison.rows if name in row.cells]
        answered = sum(c.answered for _, c in cells)
        silent = sum(c.silent for _, c in cells)
        return answered, len(cells) - answered - silent, silent, sum(name in row.best for row, _ in cells)

    def loan(self, loan: Loan) -> str:
        """What could be borrowed, with the lender's places and phrases."""
        words = self.words[loan.lender]
        cited = dict.fromkeys(words.rules.lookup(n).citation for n in loan.row.borrow)
        quotes = self.pick("；", "; ").join(
            f"{words.place(c)}“{c.quote}”" if c.quote else words.place(c) for c in cited
        )
        lack = LACKS[loan.lack].get(self.lang)
        what = f"{self.act(loan.row.act)} · {self.classes(loan.row)}"
        return self.pick(
            f"{what}：{lack}；可借鉴{self.instrument(loan.lender)}{quotes}",
            f"{what}: {lack}; see {self.instrument(loan.lender)}, {quotes}",
        )


HEADINGS: dict[str, Label] = {
    "answered": Label("有人可办", "answered"),
    "open": Label("要求办理而无人可办", "wanted, nobody may"),
    "silent": Label("未规定", "not regulated"),
    "best": Label("规定最全", "answers best"),
}


def _key(c: PaperClass) -> tuple[str, str, str]:
    return c.get(KIND), c.get(NAME), c.get(BODY)
