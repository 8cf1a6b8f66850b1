"""Keys of a rule set that only the checks of drafting read: loaded as written, and mistakes in them told."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.citations import Citation
from model.errors import ScopeError, SpecError
from model.loading import load
from model.norms import Assembly, Composition, Period, Reserved
from model.situation import make_cast
from tests.model.support import INSTRUMENT, rules_text, write

HEAD = INSTRUMENT.replace("articles: 9", 'articles: 9, level: county, unnumbered: ["3.1(2)"]')
MORE = {
    "offices": """
- {id: chief, zh: 首长, en: chief, holders: none}
- {id: clerk, zh: 文书, en: clerk, is_a: [chief], seen: {at: "4", quote: 由文书},
   aliases: [书记员, {zh: 录事, at: "5"}]}
""",
    "norms": """
- {id: council, form: composition, at: "3", body: plenary, chair: mayor, quorum: half, decides: majority}
- {id: kept, form: reserved, at: "7", law: 某法, act: sign, to: chief, levels: [city]}
- {id: made_up, form: assembly, at: "7", law: 某法, meeting: standing, members: chief, chair: chief}
- {id: within, form: period, at: "7", law: 某法, from_act: sign, to_act: review, kind: ceiling, amount: 3, unit: week}
""",
}


def test_they_are_loaded_as_written(tmp_path: Path) -> None:
    rules = load(write(tmp_path / "demo", rules_text(HEAD, titles="- 某法", **MORE)))
    assert rules.title.level == "county"
    assert rules.title.unnumbered == (Citation("demo", 3, 1, 2),)
    assert rules.titles == ("某法",)
    clerk = rules.vocabulary.offices["clerk"]
    assert clerk.citation is None
    assert clerk.seen == Citation("demo", 4, quote="由文书")
    assert [(a.zh, a.citation) for a in clerk.aliases] == [("书记员", None), ("录事", Citation("demo", 5))]
    assert clerk.label.aliases == ("书记员", "录事")
    council = rules.norms["council"]
    assert isinstance(council, Composition)
    assert (council.quorum, council.decides) == ("half", "majority")
    assert isinstance(rules.norms["kept"], Reserved)
    assert isinstance(rules.norms["made_up"], Assembly)
    assert isinstance(rules.norms["within"], Period)


def test_an_abstract_office_has_no_holder_of_its_own(tmp_path: Path) -> None:
    rules = load(write(tmp_path / "demo", rules_text(HEAD, **MORE)))
    cast = make_cast(rules)
    assert "chief" not in {o.office for o in cast.officials}
    assert cast.holding("chief") == {"clerk"}
    with pytest.raises(ScopeError):
        make_cast(rules, {"chief": 1})


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("offices", "- {id: x, zh: x, en: x, aliases: [{zh: y, quote: y}]}"),
        ("offices", '- {id: x, zh: x, en: x, seen: {at: "10"}}'),
        ("norms", '- {id: x, form: reserved, at: "7", law: 某法, act: sgin, to: mayor}'),
        ("norms", '- {id: x, form: assembly, at: "7", law: 某法, meeting: weekly}'),
        (
            "norms",
            '- {id: x, form: period, at: "7", law: 法, from_act: sign, to_act: x, kind: floor, amount: 1, unit: day}',
        ),
    ],
)
def test_mistakes_in_them_are_told(tmp_path: Path, section: str, line: str) -> None:
    with pytest.raises(SpecError):
        load(write(tmp_path / "demo", rules_text(**{section: line + "\n"})))
