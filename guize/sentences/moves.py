"""What happens to a paper, move by move, in words."""

from __future__ import annotations

from guize.wording import Wording
from model.competence import Hand
from model.conduct import BOTH_STEPS, DISORDERLY, IMPOSSIBLE, INCOMPETENT, PROHIBITED, TWICE, Fault
from model.life import ComesBack, Delegates, Does, Issues, Leaves, Move, SendsBack
from model.situation import Situation
from model.vocabulary import Label

FAULTS: dict[str, Label] = {
    IMPOSSIBLE: Label("这种情形不会出现", "such a situation cannot occur"),
    INCOMPETENT: Label("无权办理", "not competent"),
    DISORDERLY: Label("不合程序的先后", "out of order"),
    TWICE: Label("已经办过", "done already"),
    PROHIBITED: Label("规定不得办理", "forbidden"),
    BOTH_STEPS: Label("两步不得由一人办理", "two steps not to be done by one"),
}


def told(words: Wording, at: Situation, move: Move) -> str:
    """One move, made in the situation, with its articles."""
    match move:
        case Leaves(official, state):
            return words.absences(at.with_states({official: state}))
        case ComesBack(official):
            who = words.actor(official, at)
            return words.pick(f"{who}返岗", f"{who} is back")
        case Delegates(norm, official):
            who, place = words.actor(official, at), words.place(words.rules.lookup(norm).citation)
            return words.pick(f"{who}委托或授权（{place}）", f"{who} delegates or authorises ({place})")
        case Does(_, power, (), bound):
            act, place = _act(words, power), words.places((bound,))
            return words.pick(f"{act}逾期视为同意（{place}）", f"{act} is deemed given, its time being over ({place})")
        case Does(_, power, hands, _):
            act, who = _act(words, power), _hands(words, at, hands)
            return words.pick(f"{who}{act}（{_places(words, hands)}）", f"{who}: {act} ({_places(words, hands)})")
        case SendsBack(_, power, hands, _):
            who, place = _hands(words, at, hands), words.places((power,))
            return words.pick(f"{who}退回（{place}）", f"{who} sends it back ({place})")
        case Issues():
            return words.pick("印发", "it is issued")


def fault(words: Wording, found: Fault) -> str:
    """What was wrong with one event."""
    at = found.event.at
    who = words.actor(found.actor, at) + words.pick("：", ": ") if found.actor else ""
    return f"{told(words, at, found.event.move)}：{who}{words.label(FAULTS[found.kind])}"


def _act(words: Wording, power: str) -> str:
    return words.act(words.rules.powers[power].act)


def _places(words: Wording, hands: tuple[Hand, ...]) -> str:
    return words.places(dict.fromkeys(n for h in hands for n in h.norms))


def _hands(words: Wording, at: Situation, hands: tuple[Hand, ...]) -> str:
    def one(hand: Hand) -> str:
        who = words.actor(hand.actor, at)
        if not hand.instead_of:
            return who
        stead = words.actor(hand.instead_of[0], at)
        return words.pick(f"{who}代{stead}", f"{who} for {stead}")

    return words.list(map(one, hands), words.pick("和", "and"))
