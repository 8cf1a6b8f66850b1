"""What another solver confirmed, as a sentence."""

from __future__ import annotations

from model.bilingual import Said
from proofs.findings import Opinion, Unsettled


def confirmed(opinion: Opinion) -> Said:
    """Exactly what was confirmed, with numbers."""
    open_ = len(opinion.unconfirmed)
    settled = opinion.questions - open_
    zh = (
        f"复核：{opinion.solver} 对 {settled} 个问题得出相同结论：可能 {opinion.possible} 次"
        f"（其中 {opinion.situations} 次就所举情形核实），不可能 {opinion.impossible} 次，"
        f"依据足以成立 {opinion.forced} 次，依据缺一不可 {opinion.needed} 次。"
    )
    en = (
        f"Second opinion: {opinion.solver} came to the same verdict on {settled} questions: {opinion.possible} times "
        f"possible ({opinion.situations} of them in the very situation shown), {opinion.impossible} times impossible, "
        f"{opinion.forced} cores sufficient, {opinion.needed} members of cores needed."
    )
    if open_:
        zh += f"{open_} 个问题未获复核。"
        en += f" {open_} questions not confirmed."
    return Said(en, zh)


def doubtful(unsettled: Unsettled) -> Said:
    """One question that was not confirmed."""
    what = f"{unsettled.check} / {unsettled.subject} ({unsettled.reason})"
    return Said(f"not confirmed: {what}", f"未获复核：{what}")
