"""competence-conflict and contradiction."""

from __future__ import annotations

from guize.sentences import says
from guize.wording import Wording
from model.norms import Deontic, Norm, Power
from model.vocabulary import Strength
from proofs.findings import Finding, Pair


def sentence(words: Wording, finding: Finding, pair: Pair) -> str:
    first, second = words.rules.lookup(pair.first), words.rules.lookup(pair.second)
    paper = words.paper(finding.witness)
    when = says.before(words, finding)
    act = words.act(pair.act)
    if finding.check == "competence-conflict":
        assert isinstance(first, Power)
        assert isinstance(second, Power)
        one, other = (says.who(words, p, finding.witness) for p in (first, second))
        return words.pick(
            f"{when}{paper}同时符合两条规定：{words.of(first)}由{one}{act}，{words.of(second)}由{other}{act}，"
            f"未规定以何者为准。",
            f"{when}{paper} falls under two provisions: under {words.of(first)}, {one} must {act} it; under "
            f"{words.of(second)}, {other} must; neither yields.",
        )
    actor = words.actor(pair.actor, finding.witness)
    assert isinstance(second, Deontic)
    demand = _demand(words, first)
    ban = (
        words.pick("原则上不得", "must in principle not")
        if second.strength < Strength.DEFAULT
        else words.pick("不得", "must not")
    )
    if second.modality == "duty":
        ban = words.pick("同时须", "must at once")
    end = ""
    if finding.tension:
        winner = first if first.strength > second.strength else second
        end = words.pick(
            f"；从规定的强度看，以{words.place(winner.citation)}为准",
            f"; by its strength, {words.place(winner.citation)} prevails",
        )
    return words.pick(
        f"{when}对{paper}，{words.of(first)}{demand}{actor}{words.act(_act(first))}，而{words.of(second)}规定其{ban}{act}{end}。",
        f"{when}for {paper}, {words.of(first)} {demand} {actor} to {words.act(_act(first))}, "
        f"while under {words.of(second)} the same {ban} {act}{end}.",
    )


def _demand(words: Wording, norm: Norm) -> str:
    may = (isinstance(norm, Power) and norm.may) or (isinstance(norm, Deontic) and norm.modality == "permission")
    return words.pick("允许", "allows") if may else words.pick("要求", "requires")


def _act(norm: Norm) -> str:
    return norm.act if isinstance(norm, (Power, Deontic)) else ""
