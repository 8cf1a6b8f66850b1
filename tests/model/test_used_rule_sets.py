"""Rule sets that use others, and the ledger of what is out of scope."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.citations import Citation
from model.loading import load
from model.vocabulary import REASONS, OutOfScope
from tests.model.support import INSTRUMENT, marked, mistakes, rules_text, write


def instrument(id: str, uses: str = "") -> str:
    return INSTRUMENT.replace("demo", id).replace("9}", f"9, uses: [{uses}]}}")


def own(id: str, uses: str, norms: str = "") -> str:
    """A rule set that has nothing of its own but norms."""
    return f"instrument: {instrument(id, uses)}\n" + (f"norms:\n  {norms}\n" if norms else "")


def test_a_rule_set_has_the_names_and_norms_of_those_it_uses(tmp_path: Path) -> None:
    write(tmp_path / "base", rules_text(instrument("base")))
    norm = '- {id: mine, form: power, at: "9", act: review, by: leaders, residual_to: [sign_all]}'
    rules = load(write(tmp_path / "top", own("top", "base", norm)))
    assert [*rules.norms] == ["sign_all", "path", "mine"]
    assert [n.id for n in rules.own_norms()] == ["mine"]
    assert [t.id for t in rules.used] == ["base"]


def test_classes_and_meetings_extend_what_the_used_rule_set_gives(tmp_path: Path) -> None:
    write(tmp_path / "base", rules_text(instrument("base")))
    text = own("top", "base") + (
        "classes:\n  - {id: plan, zh: 规划, en: plan}\nbodies:\n  - {id: council, zh: 会, en: c, kind: meeting}\n"
        "  - {id: bureau, zh: 局, en: b, kind: unit}\n"
    )
    attributes = load(write(tmp_path / "top", text)).vocabulary.attributes
    assert attributes["kind"].domain == ("notice", "meeting", "plan")
    assert attributes["body"].domain == ("none", "plenary", "council")


def test_classes_without_the_attribute_they_extend(tmp_path: Path) -> None:
    text, [place] = marked(own("top", "") + "classes:\n  ⟦- {id: plan, zh: 规划, en: plan}\n")
    [found] = mistakes(write(tmp_path / "top", text))
    assert (found.line, found.column) == place
    assert found.expected == "uses: [background]"


def test_a_rule_set_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path / "background", rules_text(instrument("background")))
    text, [place] = marked(own("top", "⟦backgroud"))
    [found] = mistakes(write(tmp_path / "top", text))
    assert (found.line, found.column) == place
    assert "no rule set 'backgroud'" in found.message
    assert found.nearest == "background"


def test_a_library_that_is_not_there(tmp_path: Path) -> None:
    folder = write(tmp_path / "top", own("top", "base"))
    with pytest.raises(Exception, match="no rule set 'base'"):
        load(folder, tmp_path / "nowhere")


def test_a_rule_set_that_uses_itself(tmp_path: Path) -> None:
    text, [place] = marked(own("top", "⟦top"))
    [found] = mistakes(write(tmp_path / "top", text))
    assert (found.line, found.column) == place
    assert found.expected == "no circle"


def test_a_rule_set_that_uses_itself_under_another_name(tmp_path: Path) -> None:
    [found] = mistakes(write(tmp_path / "folder", own("top", "folder")))
    assert found.expected == "no circle"


def test_rule_sets_that_use_each_other(tmp_path: Path) -> None:
    folders = [write(tmp_path / a, own(a, b)) for a, b in (("one", "two"), ("two", "three"), ("three", "one"))]
    for folder, last in zip(folders, ("three", "one", "two"), strict=True):
        [found] = mistakes(folder)
        assert found.path == str(tmp_path / last / "rules.yaml")
        assert found.expected == "no circle"


def test_a_rule_set_may_be_used_along_two_ways(tmp_path: Path) -> None:
    write(tmp_path / "base", rules_text(instrument("base")))
    write(tmp_path / "left", own("left", "base"))
    write(tmp_path / "right", own("right", "base"))
    rules = load(write(tmp_path / "top", own("top", "left, right")))
    assert [*rules.norms] == ["sign_all", "path"]


def test_mistakes_of_a_used_rule_set_are_those_of_its_file(tmp_path: Path) -> None:
    text, [place] = marked(rules_text(instrument("base"), offices="- {id: o, zh: 甲, en: x, is_a: [⟦mayr]}"))
    write(tmp_path / "base", text)
    text, [missing] = marked(own("top", "base, ⟦bse"))
    found = mistakes(write(tmp_path / "top", text))
    assert [(Path(d.path).parent.name, d.line, d.column) for d in found] == [("base", *place), ("top", *missing)]


# ledger


def test_the_ledger_is_read(tmp_path: Path) -> None:
    ledger = (
        '- {at: "3.1(2)", quote: 高效, reason: exhortation}\n- {at: "4", quote: 好, reason: not-expressible, note: x}\n'
    )
    rules = load(write(tmp_path, rules_text(), ledger))
    assert rules.out_of_scope == (
        OutOfScope(Citation("demo", 3, 1, 2, "高效"), "exhortation"),
        OutOfScope(Citation("demo", 4, 0, 0, "好"), "not-expressible", "x"),
    )


def test_a_rule_set_may_have_no_ledger(tmp_path: Path) -> None:
    assert load(write(tmp_path, rules_text())).out_of_scope == ()


@pytest.mark.parametrize(
    ("entry", "message", "expected", "near"),
    [
        ('{at: "1", quote: a, reason: ⟦exhortaton}', "no such reason", "purpose", "exhortation"),
        ('{at: ⟦"10", quote: a, reason: style}', "there is no article 10", "from 1 to 9", ""),
        ('{at: ⟦"1.", quote: a, reason: style}', "wrong form", '"35.1"', ""),
        (f'{{at: "1", quote: ⟦{"字" * 31}, reason: style}}', "31 characters", "at most 30", ""),
        ('⟦{at: "1", quote: a, reason: not-expressible}', "does not say what is lost", "a note", ""),
        ('⟦{at: "1", reason: style}', "the key 'quote' is missing", "", ""),
        ('{at: "1", quote: a, reason: style, ⟦notes: x}', "unknown key 'notes'", "note", "note"),
        ('{at: "1", quote: a, reason: style, ⟦reason: style}', "stands here twice", "each key once", ""),
    ],
)
def test_a_mistake_in_the_ledger(tmp_path: Path, entry: str, message: str, expected: str, near: str) -> None:
    text, [place] = marked(f'# ledger\n- {{at: "1", quote: b, reason: purpose}}\n- {entry}\n')
    [found] = mistakes(write(tmp_path, rules_text(), text))
    assert found.path == str(tmp_path / "ledger.yaml")
    assert (found.line, found.column) == place
    assert message in found.message
    assert expected in found.expected
    assert found.nearest == near


@pytest.mark.parametrize("ledger", ["a: b", "x", "[", "- [[]]", "~", " "])
def test_a_ledger_that_is_no_list_of_entries(tmp_path: Path, ledger: str) -> None:
    found = mistakes(write(tmp_path, rules_text(), ledger))
    assert {d.path for d in found} == {str(tmp_path / "ledger.yaml")}


@pytest.mark.parametrize("ledger", ["- {at: '1', quote: a, reason: odd}", "- {at: '1'}", "["])
def test_mistakes_of_both_files_come_out_together(tmp_path: Path, ledger: str) -> None:
    norm = '- {id: n, form: power, at: "1", act: sing, by: mayor}'
    found = mistakes(write(tmp_path, rules_text(norms=norm), ledger))
    assert {Path(d.path).name for d in found} == {"rules.yaml", "ledger.yaml"}


def test_every_reason_can_be_given(tmp_path: Path) -> None:
    ledger = "".join(f'- {{at: "1", quote: a, reason: {reason}, note: x}}\n' for reason in REASONS)
    assert [e.reason for e in load(write(tmp_path, rules_text(), ledger)).out_of_scope] == list(REASONS)
