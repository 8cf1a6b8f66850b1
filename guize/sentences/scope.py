"""How far the answers reach, as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from model.bilingual import Said
from model.vocabulary import Label
from proofs.findings import Report


def reach(report: Report, names: Mapping[str, Label]) -> Iterator[Said]:
    """Which checks' answers do not depend on how many hold an office, and what of that was not asked or is bounded."""
    asked = [s for s in report.reach if s.questions]
    if not asked:
        yield Said(
            "Numbers of holders are bounds of the search; --any-number asks whether they matter.",
            "多人职务的人数是检验的界限；加 --any-number 可核实人数多少是否影响结论。",
        )
        return
    free = [names[s.check] for s in asked if s.any_number]
    if free:
        yield Said(
            f"With more holders than in the scope, the same answers (argument and solver, docs/scope.md): "
            f"{', '.join(n.en for n in free)}.",
            f"职务人数多于所取之数时结论不变（有论证，并经求解器核实）：{'、'.join(n.zh for n in free)}。",
        )
    for scope in asked:
        name, left = names[scope.check], scope.questions - scope.lossless - len(scope.more) - scope.open
        if left:
            yield Said(
                f"Of {left} of {scope.questions} questions of this check, the numbers are bounds: {name.en}.",
                f"{name.zh}：{scope.questions} 问中有 {left} 问以所取人数为限。",
            )
        if scope.more:
            yield Said(
                f"With more holders than in the scope also, {name.en}: {', '.join(scope.more)}.",
                f"{name.zh}：人数多于所取之数时还涉及 {'、'.join(scope.more)}。",
            )
        if scope.open:
            yield Said(f"Not settled, {name.en}: {scope.open}.", f"{name.zh}：{scope.open} 问未能判定。")
    if any(not s.questions for s in report.reach):
        yield Said("Of all other checks the numbers of holders are bounds.", "其余各项检查以所取人数为限。")
