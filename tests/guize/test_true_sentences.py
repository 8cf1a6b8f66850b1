"""Sentences that claim no more than the rule set says: what may be done is no demand, and places are counted once."""

from __future__ import annotations

from pathlib import Path

import pytest

import guize
import specs
from guize.sentences import sentence
from guize.sentences.says import demand
from guize.wording import Wording
from model import expressions as ex
from model.drafting.wording import names_in, parts
from model.loading import load
from model.ruleset import RuleSet
from proofs.audit import audit

DRAFTERS = Path(__file__).parents[2] / "examples" / "drafters" / "rules"
OPEN = (
    "    en: urgency\n",
    "    en: urgency\n    values: [{id: ordinary, zh: 平件, en: ordinary}, {id: urgent, zh: 急件, en: urgent}]\n"
    '  - {id: needed, zh: 必要, en: needed, type: bool, open: true, at: "7", quote: 必要时}\n',
)


def drafted(folder: Path, *norms: str) -> RuleSet:
    """The drafters' rules with an open term and norms that hinge on it."""
    text = (DRAFTERS / "rules.yaml").read_text(encoding="utf-8")
    one, two = OPEN
    head, _, rest = text.partition(one)
    _, _, rest = rest.partition("\n")
    more = "".join(f'  - {n}, at: "7", quote: 必要时, when: needed}}\n' for n in norms)
    (folder / "rules.yaml").write_text(head + two + rest + more, encoding="utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("norm", "zh", "en"),
    [
        (
            "modality: may",
            "认定为是的，可由县长签发（第七条）；认定为否的，无此规定",
            "the county head may sign (art. 7)",
        ),
        (
            "modality: shall",
            "认定为是的，由县长签发（第七条）；认定为否的，无此要求",
            "the county head to sign (art. 7)",
        ),
    ],
)
def test_what_a_term_allows_is_told_as_allowed(tmp_path: Path, norm: str, zh: str, en: str) -> None:
    rules = drafted(tmp_path, f"{{id: also_head, form: power, act: sign, by: head, {norm}")
    (finding,) = audit(rules, checks=["undefined-term"]).findings
    assert zh in sentence(rules, finding, "zh")
    assert en in sentence(rules, finding, "en")


@pytest.mark.parametrize("name", specs.bundled())
def test_a_permissive_power_is_never_told_as_a_demand(name: str) -> None:
    rules = guize.load(name)
    told = {p.id: demand(Wording(rules, "zh"), p.id) for p in rules.powers.values()}
    assert all(said.startswith("可由") == rules.powers[i].may for i, said in told.items())


def test_provisions_that_rest_on_a_name_are_counted_by_their_places() -> None:
    rules = guize.load("weidong")
    findings = audit(rules, checks=["undefined-role"]).findings
    assert findings
    for finding in findings:
        (name,) = finding.details.subjects  # type: ignore[union-attr]
        resting = [
            n.citation
            for n in parts(rules)
            if any(name in names_in(rules.vocabulary, v) for v in vars(n).values() if isinstance(v, ex.Node))
        ]
        places = {(c.article, c.paragraph, c.item) for c in resting}
        assert f"而有{len(places)}处规定取决于此" in sentence(rules, finding, "zh")
        assert f"{len(places)} provisions rest on it" in sentence(rules, finding, "en")


def test_an_article_that_is_not_there_is_numbered_as_in_the_text(tmp_path: Path) -> None:
    text = (DRAFTERS / "rules.yaml").read_text(encoding="utf-8")
    itself = (
        '  - {id: r, form: reference, kind: cites, target: 清禾县人民政府工作规则, article: 99, at: "7", quote: x}\n'
    )
    (tmp_path / "rules.yaml").write_text(text + itself, encoding="utf-8")
    rules = load(tmp_path)
    (finding,) = audit(rules, checks=["dangling-reference"]).findings
    assert sentence(rules, finding, "zh") == "第七条引用本规则第九十九条，而本规则只有8条。"
