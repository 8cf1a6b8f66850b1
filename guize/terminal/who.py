"""Who may act, on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from guize.asking import Reply, Way
from guize.obstacles import missing, telling
from guize.wording import Wording
from model.ruleset import RuleSet


def who(console: Console, rules: RuleSet, reply: Reply, lang: str) -> None:
    """Who may act, by which norms, under which readings; where nobody may, what is missing."""
    words = Wording(rules, lang)
    at = reply.situation
    absent = words.absences(at)
    console.print(Text(words.paper(at) + (words.pick("；", "; ") + absent if absent else ""), style="bold"))
    if not reply.possible:
        console.print(
            Text(
                words.pick(
                    "注意：按背景事实，这样的文件不会出现。",
                    "Note: background facts say that such a paper does not occur.",
                ),
                style="yellow",
            )
        )
    if not reply.stages:
        console.print(
            words.pick("没有条款要求或允许对此文件作此行为。", "No provision demands or allows this act on this paper.")
        )
    for stage in reply.stages:
        for way in stage.ways:
            console.print(_way(words, reply, stage.stage.act, way, stage.joint))
    if reply.hinges:
        terms = words.list(words.label(rules.vocabulary.attributes[h].label) for h in reply.hinges)
        console.print(
            Text(
                words.pick(f"答案取决于未界定的用语：{terms}", f"The answer hinges on terms nobody defines: {terms}"),
                style="dim",
            )
        )


def _way(words: Wording, reply: Reply, act: str, way: Way, joint: bool) -> Text:
    at = reply.situation
    text = Text(f"  {words.act(act)}: ")
    if way.hands:
        parts = []
        for hand in dict.fromkeys(way.hands):
            stead = words.list(words.actor(o, at) for o in hand.instead_of)
            by = words.places(hand.norms)
            role = words.pick(f"（代{stead}）", f" (for {stead})") if stead else ""
            parts.append(f"{words.actor(hand.actor, at)}{role} [{by}]")
        text.append(words.list(parts, words.pick("；", "; ")), style="green")
        if joint and len(parts) > 1:
            text.append(words.pick("（须共同办理）", " (all of them together)"))
    else:
        text.append(words.pick("无人有权", "nobody may"), style="bold red")
        text.append(
            words.pick("，", ": ")
            + words.list((missing(words, at, o) for o in telling(way.obstacles)), words.pick("；", "; "))
        )
    if way.readings:
        shown = [words.list(words.reading(r, c) for r, c in reading.items()) for reading in way.readings[:2]]
        more = "…" if len(way.readings) > 2 else ""
        text.append(
            words.pick("  读法：", "  where ") + words.list(shown, words.pick("，或", "or")) + more, style="dim"
        )
    return text
