"""The document of `guize who --json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from guize.asking import Reply, StageReply
from guize.jsonform import common
from guize.wording import Wording
from model.competence import Hand
from model.ruleset import RuleSet
from model.situation import Situation


def reply(rules: RuleSet, found: Reply) -> dict[str, Any]:
    """The document of `guize who --json`."""
    return {
        "instrument": rules.title.id,
        "situation": common.situation(found.situation),
        "possible": found.possible,
        "nobody": found.nobody,
        "hinges_on": list(found.hinges),
        "answers": [_stage(rules, found.situation, s) for s in found.stages],
    }


def _stage(rules: RuleSet, at: Situation, found: StageReply) -> dict[str, Any]:
    zh, en = Wording(rules, "zh"), Wording(rules, "en")
    return {
        "act": found.stage.act,
        "stage": found.stage.id,
        "joint": found.joint,
        "ways": [
            {
                "readings": [dict(r) for r in way.readings],
                "hands": [
                    {**common.hand(h), "zh": zh.actor(h.actor, at), "en": en.actor(h.actor, at)}
                    for h in _unique(way.hands)
                ],
                "missing": [common.obstacle(o) for o in way.obstacles],
            }
            for way in found.ways
        ],
    }


def _unique(hands: Iterable[Hand]) -> list[Hand]:
    return list(dict.fromkeys(hands))
