"""Norms and the coverage ledger on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from guize.wording import Wording
from model import ledger
from model import norms as nm
from model.ruleset import RuleSet
from model.vocabulary import REASONS, Label, Strength

STRENGTH_NAMES: dict[Strength, Label] = {
    Strength.STRICT: Label("应当", "strict"),
    Strength.DEFAULT: Label("一般", "by default"),
    Strength.IN_PRINCIPLE: Label("原则上", "in principle"),
    Strength.DISCRETIONARY: Label("可", "discretionary"),
}
FORM_NAMES: dict[str, Label] = {
    "power": Label("权限", "power"),
    "duty": Label("义务", "duty"),
    "prohibition": Label("禁止", "prohibition"),
    "permission": Label("许可", "permission"),
    "route": Label("程序", "route"),
    "stand_in": Label("代行", "stand-in"),
    "exclusion": Label("互斥", "exclusion"),
    "bound": Label("时限", "time bound"),
    "cadence": Label("周期", "cadence"),
    "composition": Label("组成", "composition"),
    "reserved": Label("专属权限", "reserved to certain hands"),
    "assembly": Label("法定会议", "statutory meeting"),
    "period": Label("法定期限", "statutory period"),
    "precedence": Label("优先", "precedence"),
    "reference": Label("引用", "reference"),
}


def norms(console: Console, rules: RuleSet, lang: str) -> None:
    """The norms of the instrument, then the ledger by article."""
    words = Wording(rules, lang)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for zh, en in (
        ("条款", "place"),
        ("形式", "form"),
        ("强度", "strength"),
        ("说明", "gloss"),
        ("原文", "quote"),
        ("编号", "id"),
    ):
        table.add_column(words.pick(zh, en), overflow="fold")
    for norm in rules.own_norms():
        form = norm.modality if isinstance(norm, nm.Deontic) else norm.form
        table.add_row(
            words.place(norm.citation),
            words.label(FORM_NAMES[form]),
            words.label(STRENGTH_NAMES[norm.strength]),
            words.label(norm.label),
            norm.citation.quote,
            Text(norm.id, style="dim"),
        )
    console.print(table)
    console.print()
    entries = ledger.by_article(rules)
    formalised = sum(e.status == "formalised" for es in entries.values() for e in es)
    out = [e for es in entries.values() for e in es if e.status != "formalised"]
    console.print(
        words.pick(
            f"共 {len(entries)} 条有记录：已形式化 {formalised} 处，范围之外 {len(out)} 处。",
            f"{len(entries)} articles in the ledger: {formalised} statements formalised, {len(out)} out of scope.",
        )
    )
    for reason, label in REASONS.items():
        number = sum(e.reason == reason for e in out)
        if number:
            console.print(f"  {words.label(label)} {number}")
