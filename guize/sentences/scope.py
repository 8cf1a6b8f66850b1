"""How far the answers reach, as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from model.bilingual import Said
from proofs.findings import Report


def reach(report: Report) -> Iterator[Said]:
    """Which checks' answers do not depend on how many hold an office, and what of that was not asked or is bounded."""
    asked = [s for s in report.reach if s.questions]
    if not asked:
        yield Said(
            "Numbers of holders are bounds of the search; --any-number asks whether they matter.",
            "多人职务的人数是检验的界限；加 --any-number 可核实人数多少是否影响结论。",
        )
        return
    free = [s.check for s in asked if s.any_number]
    if free:
        yield Said(
            f"Whatever the number of holders, from that of the scope on, the same answers: {', '.join(free)} "
            "(argument and solver; docs/scope.md).",
            f"以下各项检查，职务人数不少于所取之数时，结论与人数无关（有论证，并经求解器核实）：{'、'.join(free)}。",
        )
    for scope in asked:
        if not scope.any_number:
            yield Said(
                f"{scope.check}: {scope.lossless} of {scope.questions} questions have the same answer with any number; "
                "of the rest the numbers are bounds.",
                f"{scope.check}：{scope.questions} 问中 {scope.lossless} 问的结论与人数无关，其余以所取人数为限。",
            )
        if scope.more:
            yield Said(
                f"{scope.check}: with more holders also {', '.join(scope.more)}.",
                f"{scope.check}：人数更多时还涉及 {'、'.join(scope.more)}。",
            )
        if scope.open:
            yield Said(f"{scope.check}: {scope.open} not settled.", f"{scope.check}：{scope.open} 问未能判定。")
    bounded = [s.check for s in report.reach if not s.questions and not s.suffice]
    if bounded:
        names = ", ".join(bounded), "、".join(bounded)
        yield Said(f"Bounded by the numbers of the scope: {names[0]}.", f"以所取人数为限：{names[1]}。")
