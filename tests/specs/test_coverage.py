"""The ledger of every bundled instrument against its full text, which the project does not hold itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest

import specs
from model.ledger import check
from model.loading import load
from model.norms import Norm, Route
from model.ruleset import RuleSet
from model.text import Text, fold, read_text
from model.vocabulary import REASONS, Vocabulary

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
COUNTS = {"fushun": 79, "gulou": 80, "luoyang": 45, "weidong": 76, "yanjin": 51}
SAMPLE = 25
VOCABULARY = ("readings", "offices", "bodies", "attributes", "terms")


@cache
def text_of(name: str) -> Text:
    path = SEEDS / f"{name}.txt"
    if not path.is_file():
        pytest.skip(f"no text of {name} to compare with: {path} is missing")
    return read_text(path)


@cache
def rules_of(name: str) -> RuleSet:
    return load(specs.ROOT / name)


@pytest.mark.parametrize("name", COUNTS)
def test_the_texts_are_read_whole(name: str) -> None:
    text = text_of(name)
    assert list(text.articles) == list(range(1, COUNTS[name] + 1))
    chapters = [a.chapter for a in text.articles.values()]
    assert chapters == sorted(chapters)
    assert set(chapters) == set(range(1, max(chapters) + 1))
    for article in text.articles.values():
        for paragraph in article.paragraphs:
            assert [i.number for i in paragraph.items] == list(range(1, len(paragraph.items) + 1))
            assert paragraph.text.endswith(("。", "：", ":", "；", ";"))
            assert all(i.text.endswith(("。", "；", ";")) for i in paragraph.items)


@pytest.mark.parametrize(
    ("name", "article", "items"),
    [
        ("luoyang", 22, [10, 0, 0]),
        ("weidong", 44, [6, 0]),
        ("weidong", 45, [3, 0]),
        ("gulou", 43, [10, 0]),
        ("yanjin", 3, [0]),
        ("yanjin", 9, [0]),
        ("yanjin", 20, [11, 0]),
        ("yanjin", 27, [0]),
        ("yanjin", 34, [0, 0]),
        ("yanjin", 46, [0, 0]),
        ("fushun", 8, [4]),
        ("fushun", 40, [0, 10]),
        ("fushun", 51, [6]),
    ],
)
def test_articles_with_traps(name: str, article: int, items: list[int]) -> None:
    assert [len(p.items) for p in text_of(name).articles[article].paragraphs] == items


@pytest.mark.parametrize("name", specs.bundled())
def test_every_statement_is_accounted_for(name: str) -> None:
    found = check(rules_of(name), text_of(name))
    assert not found, "\n".join(f.message("en") for f in found)


@pytest.mark.parametrize("name", specs.bundled())
def test_reasons_are_from_the_list(name: str) -> None:
    assert {o.reason for o in rules_of(name).out_of_scope} <= set(REASONS)


# mutations: what alone covers a statement cannot go unseen; what that is, is found here without the ledger


def without_norm(rules: RuleSet, norm_id: str) -> RuleSet:
    return replace(rules, norms={k: v for k, v in rules.norms.items() if k != norm_id})


def without_citation(rules: RuleSet, norm: Norm, index: int) -> RuleSet:
    kept = norm.citations[:index] + norm.citations[index + 1 :]
    return replace(rules, norms={**rules.norms, norm.id: replace(norm, citations=kept)})


def without_step_citation(rules: RuleSet, route: Route, step: int, index: int) -> RuleSet:
    old = route.steps[step]
    kept = old.power.citations[:index] + old.power.citations[index + 1 :]
    steps = [*route.steps[:step], replace(old, power=replace(old.power, citations=kept)), *route.steps[step + 1 :]]
    return replace(rules, norms={**rules.norms, route.id: replace(route, steps=tuple(steps))})


def without_word(rules: RuleSet, section: str, word: str) -> RuleSet:
    table = {k: v for k, v in getattr(rules.vocabulary, section).items() if k != word}
    words: Vocabulary = replace(rules.vocabulary, **{section: table})
    return replace(rules, vocabulary=words)


def mutants(rules: RuleSet) -> Iterator[tuple[str, RuleSet, list[tuple[int, int, int, str]]]]:
    """A name, the rule set without one thing, and the quotes that go with it."""
    for norm in rules.own_norms():
        if isinstance(norm, Route):
            for s, step in enumerate(norm.steps):
                for i, c in enumerate(step.power.citations):
                    gone = [(c.article, c.paragraph, c.item, c.quote)]
                    yield f"{step.power.id}[{i}]", without_step_citation(rules, norm, s, i), gone
        if len(norm.citations) > 1:
            for i, c in enumerate(norm.citations):
                gone = [(c.article, c.paragraph, c.item, c.quote)]
                yield f"{norm.id}[{i}]", without_citation(rules, norm, i), gone
        else:
            steps = [x.power for x in norm.steps] if isinstance(norm, Route) else []
            all_gone = [(c.article, c.paragraph, c.item, c.quote) for n in [norm, *steps] for c in n.citations]
            yield norm.id, without_norm(rules, norm.id), all_gone
    for i, out in enumerate(rules.out_of_scope):
        c = out.citation
        kept = (*rules.out_of_scope[:i], *rules.out_of_scope[i + 1 :])
        yield f"ledger[{i}]", replace(rules, out_of_scope=kept), [(c.article, c.paragraph, c.item, c.quote)]
    for section in VOCABULARY:
        for word in getattr(rules.vocabulary, section).values():
            c = word.citation
            if c is not None and c.instrument == rules.title.id and not c.law:
                gone = [(c.article, c.paragraph, c.item, c.quote)]
                yield f"{section}.{word.id}", without_word(rules, section, word.id), gone


def quotes(rules: RuleSet) -> list[tuple[int, int, int, str]]:
    """Every quote of the rule set, gathered apart from the ledger."""
    found = [o.citation for o in rules.out_of_scope]
    for norm in rules.own_norms():
        found += norm.citations
        if isinstance(norm, Route):
            found += [c for s in norm.steps for c in s.power.citations]
    for section in VOCABULARY:
        found += [w.citation for w in getattr(rules.vocabulary, section).values() if w.citation is not None]
    return [(c.article, c.paragraph, c.item, c.quote) for c in found if c.instrument == rules.title.id and not c.law]


def bare_sentences(text: Text, left: list[tuple[int, int, int, str]], gone: list[tuple[int, int, int, str]]) -> int:
    """How many marked sentences met a quote of `gone` and meet none of `left`, by plain search."""
    count = 0
    for unit in text.units():
        whole = fold(unit.text)
        start = 0
        for sentence in whole.replace(";", "。").split("。"):
            end = start + len(sentence) + 1

            def meets(quoted: list[tuple[int, int, int, str]], unit=unit, whole=whole, start=start, end=end) -> bool:
                for article, paragraph, item, quote in quoted:
                    if (
                        article == unit.article
                        and paragraph in (0, unit.paragraph)
                        and item in (0, unit.item)
                        and quote
                        and any(
                            whole.startswith(fold(quote), i) and i < end and start < i + len(fold(quote))
                            for i in range(max(0, start - 40), end)
                        )
                    ):
                        return True
                return False

            if (
                any(w in sentence for w in ("应当", "须", "不得", "一律", "严禁", "原则上"))
                and meets(gone)
                and not meets(left)
            ):
                count += 1
            start = end
    return count


@pytest.mark.parametrize("name", specs.bundled())
def test_what_alone_covers_a_statement_is_missed(name: str) -> None:
    rules, text = rules_of(name), text_of(name)
    assert not check(rules, text)
    alone = []
    for what, mutant, gone in mutants(rules):
        left = list(quotes(rules))
        for q in gone:
            left.remove(q)
        if bare_sentences(text, left, gone):
            alone.append((what, mutant))
    assert alone, "every strict statement is covered twice: the test shows nothing"
    for what, mutant in Random(0).sample(alone, min(SAMPLE, len(alone))):
        assert any(f.kind in ("uncovered-statement", "uncited-article") for f in check(mutant, text)), what


@pytest.mark.parametrize("name", specs.bundled())
def test_a_quote_that_is_changed_is_seen(name: str) -> None:
    rules, text = rules_of(name), text_of(name)
    for norm in Random(1).sample(list(rules.own_norms()), 20):
        first = norm.citations[0]
        changed = replace(norm, citations=(replace(first, quote=first.quote[:-1] + "茶"), *norm.citations[1:]))
        found = check(replace(rules, norms={**rules.norms, norm.id: changed}), text)
        assert ("absent-quote", (norm.id,)) in [(f.kind, f.ids) for f in found]
