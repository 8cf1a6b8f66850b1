"""What a revision changes, in sentences: where first, then what was, then what is, by which articles."""

from __future__ import annotations

from collections.abc import Iterable

from guize.sentences.revising import changes, fields, findings, regions, shifts, verdict
from guize.sentences.revising.voice import Voice
from model import effects
from model import revision as rv
from model.ruleset import RuleSet
from model.vocabulary import Label
from proofs.findings import Finding
from proofs.impact.records import POSSIBLE, Shift
from proofs.session import Cube

KIND_NAMES: dict[str, Label] = {
    effects.DEMAND: Label("由谁办理", "who acts"),
    effects.STAND_IN: Label("不在时由谁代行", "who stands in"),
    effects.DEONTIC: Label("义务、禁止和许可", "duties, prohibitions, permissions"),
    effects.ORDER: Label("程序先后", "order of steps"),
    effects.LIMIT: Label("时限", "time limits"),
    effects.CADENCE: Label("周期", "cadences"),
    effects.PART: Label("会议组成", "who takes part in meetings"),
    effects.DEPARTURE: Label("不得同时缺席（原则上）", "not absent at once (in principle)"),
    effects.ASKS: Label("为自己的事项报请", "who asks for himself"),
    effects.NATURE: Label("行为的性质", "the nature of acts"),
    POSSIBLE: Label("可能出现的情形", "which situations can occur"),
}
CHANGE_NAMES: dict[str, Label] = {
    rv.ADDED: Label("新增", "added"),
    rv.REMOVED: Label("删去", "removed"),
    rv.CHANGED: Label("修改", "changed"),
    rv.WORDING: Label("仅文字", "wording only"),
}


class Telling(Voice):
    """One revision in one language."""

    def verdict(self) -> str:
        """Whether anything changes in effect, in one sentence, with the bounds it is proved within."""
        return verdict.verdict(self)

    def finding(self, finding: Finding, of: RuleSet) -> str:
        """A finding of a version that comes or goes; of one with a cause known before, that it reaches further."""
        return findings.told(self, finding, of)

    def shift(self, shift: Shift) -> str:
        """What changes, without where."""
        return shifts.sentence(self, shift)

    def blame(self, shift: Shift) -> str:
        """The changed norms that bring a change about."""
        return shifts.blame(self, shift)

    def example(self, shift: Shift) -> str:
        """The plainest situation, and who loses and gains the acts there."""
        return regions.example(self, shift)

    def where(self, cube: Cube) -> str:
        """A region in words: the papers, then who is away, then what was delegated and how the text is read."""
        return regions.where(self, cube)

    def change(self, change: rv.NormChange) -> str:
        """A changed norm by its place and gloss."""
        return changes.title(self, change)

    def fields(self, change: rv.NormChange) -> list[str]:
        """What differs between the two versions of a norm, field by field, in words where there are any."""
        return fields.fields(self, change)

    def consequence(self, change: rv.NormChange, effects_: Iterable[int]) -> str:
        """The numbers of the changes in effect that the norm is to blame for, or that it has none."""
        return changes.consequence(self, change, effects_)

    def suggestion(self, each: rv.Suggestion) -> str:
        """That a name that is gone may be one that has come."""
        return changes.suggestion(self, each)

    def name(self, change: rv.NameChange) -> str:
        """What kind of thing a changed name is of, and the name."""
        return changes.name(self, change)
