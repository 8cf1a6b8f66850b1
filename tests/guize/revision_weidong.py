"""A made-up revision of a bundled instrument, to compare two versions of a whole one. Nobody proposed it.

The older version is the bundled one; the newer differs in what `revise` changes, in words of our own.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

import specs

NAME = "weidong"
STANDS_IN: dict[str, Any] = {
    "id": "leaders_stand_in", "form": "stand_in", "for": "deputy - executive_deputy", "by": "executive_deputy",
    "causes": ["away", "leave", "illness"], "acts": ["sign", "approve", "countersign"], "at": "58",
    "quote": "分管领导不在岗的由其代签", "zh": "副区长不在时由负责常务工作的副区长代签",
    "en": "the executive vice-mayor signs for a vice-mayor who is away",
}  # fmt: skip


def write(folder: Path) -> str:
    """The newer version in a folder, which it returns as a SPEC."""
    made = folder / NAME
    made.mkdir(parents=True)
    for name in ("ledger.yaml", "scenario.yaml"):
        shutil.copy(specs.ROOT / NAME / name, made / name)
    rules = yaml.safe_load((specs.ROOT / NAME / "rules.yaml").read_text(encoding="utf-8"))
    rules["norms"] = revise(rules["norms"])
    (made / "rules.yaml").write_text(yaml.safe_dump(rules, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return str(made)


def revise(norms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Somebody stands in for vice-mayors; special meetings get their agenda from somebody else; the standing meeting
    meets weekly; departments have five days to reply, not three; papers across portfolios are not countersigned; and
    who else may sign the office's papers when its director is away is no longer said."""
    by_id = {n["id"]: n for n in norms}
    by_id["agenda_special"] |= {
        "by": "executive_deputy", "quote": "专题会议的议题由负责常务工作的副区长确定",
        "zh": "专题会议议题由负责常务工作的副区长确定",
        "en": "the executive vice-mayor determines the agenda of a special meeting",
    }  # fmt: skip
    by_id["standing_fortnightly"] |= {"amount": 1, "quote": "每周召开1次", "zh": "常务会议每周一次",
                                      "en": "the standing meeting meets every week"}  # fmt: skip
    del by_id["standing_fortnightly"]["strength"]
    for name in ("replies_every", "replies_agreed"):
        by_id[name] |= {
            "amount": 5,
            "quote": "应在5个工作日内回复",
            "zh": "5个工作日内回复",
            "en": "reply in 5 working days",
        }
    crossing = by_id["crossing_papers"]
    crossing["steps"] = [s for s in crossing["steps"] if s["id"] != "countersign"]
    del by_id["sign_office_absent"]
    by_id["sign_office"]["residual_to"] = []
    return [*by_id.values(), STANDS_IN]
