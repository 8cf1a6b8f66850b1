"""self-review."""

from __future__ import annotations

from guize.wording import Wording
from proofs.findings import Finding, Twice


def matter(words: Wording, finding: Finding, official: str) -> str:
    """The paper that comes to one hand twice: of whose field it is, of his and of those who are away, and who has a
    part in it, where that bears on the finding."""
    at, bearing = finding.witness, {k for r in finding.region for k in r.cube}
    roles = words.rules.vocabulary.roles
    parts = [
        words.pick(f"{words.label(roles[r].label)}：", f"{words.label(roles[r].label)}: ") + words.actor(o, at)
        for r, o in at.paper.roles.items()
        if ("role", r) in bearing and not roles[r].requester
    ]
    paper = words.paper(at, parts)
    if not any(k[0] == "touches" for k in bearing):
        return paper
    touched = [o for o in at.cast.ids if o in at.paper.touches and (o == official or not at.present(o))]
    if not touched:
        return paper
    fields = words.list(words.actor(o, at) for o in touched)
    return words.pick(f"属{fields}分管的{paper}", f"{paper} in the portfolio of {fields}")


def sentence(words: Wording, finding: Finding, twice: Twice) -> str:
    at = finding.witness
    who = words.actor(twice.official, at)
    when = words.absences(at)
    paper = matter(words, finding, twice.official)
    first_id, second_id = twice.pairs[0]
    for pair in twice.pairs:
        if pair[1] in finding.norms and (not pair[0] or pair[0] in finding.norms):
            first_id, second_id = pair
    second = words.rules.powers[second_id]
    used = [n for h in twice.hands for n in h.norms if n in words.rules.norms and n not in words.rules.powers]
    stand = list(dict.fromkeys(used))
    via_zh = f"（依{words.places(stand)}代行）" if stand else ""
    via_en = f" (standing in under {words.places(stand)})" if stand else ""
    before = words.pick(f"{when}时，", f"when {when}, ") if when else ""
    if not first_id:
        return words.pick(
            f"{before}{who}提出的{paper}，按{words.place(second.citation)}由其本人{words.act(second.act)}{via_zh}。",
            f"{before}{paper} asked for by {who} is for {who} to {words.act(second.act)} "
            f"under {words.place(second.citation)}{via_en}.",
        )
    first = words.rules.powers[first_id]
    one, two = words.act(first.act), words.act(second.act)
    if one == two:
        shown = [(words.actors(p.by, p.joint), words.act(p.act)) for p in (first, second)]
        one, two = (words.pick(f"{whom}{act}", f"{act} (by {whom})") for whom, act in shown)
    others = len(set(twice.pairs)) - 1
    more_zh = f"；另有{others}处程序同样如此" if others else ""
    more_en = f"; {others} more pairs of steps are like it" if others else ""
    return words.pick(
        f"{before}{paper}的{one}与{two}只能由{who}一人完成{via_zh}，"
        f"两道把关合为一道（{words.places([first_id, second_id])}）{more_zh}。",
        f"{before}only {who} may both {one} and {two} {paper}{via_en}, "
        f"so that two looks become one ({words.places([first_id, second_id])}){more_en}.",
    )
