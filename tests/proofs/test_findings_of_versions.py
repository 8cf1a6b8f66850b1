"""What an audit says of two versions: a finding comes exactly when its situation was without the defect before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from model.absence import ABSENT_STATES
from model.loading import load
from model.revision import revise
from proofs.audit import audit
from proofs.findings import Finding
from proofs.impact.records import Findings
from proofs.impact.run import impact
from proofs.impact.shown import Across
from proofs.impact.space import Space
from proofs.session import Session

DRAFTERS = Path(__file__).parents[2] / "examples" / "drafters"
RULES = DRAFTERS / "rules"
HAND_MADE = Path(__file__).parents[1] / "guize" / "revision"


def revised(folder: Path, *changes: tuple[str, str], of: Path = RULES) -> Findings:
    """The findings of the drafters' rules beside those of a copy with its text changed."""
    text = (of / "rules.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "rules.yaml").write_text(text, encoding="utf-8")
    found = impact(load(of), load(folder), findings=True)
    assert found.findings is not None and not found.unknown
    return found.findings


def away(finding: Finding) -> dict[str, str]:
    return {o: finding.witness.state(o) for o in finding.witness.absent}


def test_a_cause_known_of_vacancies_is_news_of_a_leave() -> None:
    found = impact(load(RULES), load(DRAFTERS / "revision"), findings=True).findings
    assert found is not None
    (gap,) = found.come
    assert gap.check == "signing-gap" and away(gap) == {"head": "leave"}
    was = found.was(gap)
    assert was is not None and away(was) == {"head": "vacancy"} and was.norms == gap.norms
    assert not found.gone


def test_a_stand_in_that_is_dropped_leaves_a_gap_that_is_news(tmp_path: Path) -> None:
    text = (RULES / "rules.yaml").read_text(encoding="utf-8")
    clause = text[text.index("  - id: director_away") : text.index("  - {id: not_both")]
    found = revised(tmp_path, (clause, ""))
    (gap,) = found.come
    assert gap.check == "stand-in-gap" and away(gap) == {"director": "out_of_town"}
    assert found.was(gap) is None  # before, a clause did not cover a vacancy; now there is no clause
    # the gaps of both away, and of a vacancy, live on in it; two steps in the stand-in's hand are gone
    assert [f.check for f in found.gone] == ["held-twice"]


def test_a_gap_that_becomes_rarer_stays_and_is_no_news(tmp_path: Path) -> None:
    folder = tmp_path / "narrow"
    folder.mkdir()
    text = (RULES / "rules.yaml").read_text(encoding="utf-8")
    narrow = text.replace("causes: [any]\n    acts: [sign]\n", "causes: [leave]\n    acts: [sign]\n", 1)
    (folder / "rules.yaml").write_text(narrow, encoding="utf-8")
    found = revised(tmp_path, ("causes: [leave]", "causes: [any]"), of=folder)
    assert "signing-gap-53c287" in {s.new.id for s in found.stay}
    # a trip of the head left nobody to sign; now one hand countersigns and signs, which a leave alone led to before
    assert [(f.check, away(f)) for f in found.come] == [("self-review", {"head": "out_of_town"})]


def test_what_another_finding_told_before_is_no_news(tmp_path: Path) -> None:
    """A condition on the chain lets the loop of orders be told by itself; both ill, orders were stuck before."""
    first = "causes: [any]\n    acts: [sign]\n"
    found = revised(tmp_path, (first, f"{first}    when: kind = order or urgency = urgent\n"))
    assert not found.come


def test_a_delegation_asked_for_is_news_and_is_mended_by_one_not_asked_for(tmp_path: Path) -> None:
    clause = "for: director\n    by: clerk\n"
    asks = revised(tmp_path, (clause, f"{clause}    delegation: director\n"))
    (gap,) = asks.come
    assert {n.reason for n in gap.near} == {"delegation"}
    back = impact(load(tmp_path), load(RULES), findings=True).findings
    assert back is not None and gap.id in {f.id for f in back.gone}
    assert [f.check for f in back.come] == ["held-twice"]


def test_no_stand_in_is_worse_than_one_who_must_be_asked(tmp_path: Path) -> None:
    """Nobody delegated: the paper was stuck before too. But it need not have been."""
    text = (RULES / "rules.yaml").read_text(encoding="utf-8")
    asking = text.replace("for: director\n    by: clerk\n", "for: director\n    by: clerk\n    delegation: director\n")
    folder = tmp_path / "asking"
    folder.mkdir()
    (folder / "rules.yaml").write_text(asking, encoding="utf-8")
    clause = asking[asking.index("  - id: director_away") : asking.index("  - {id: not_both")]
    found = revised(tmp_path, (clause, ""), of=folder)
    assert [away(f) for f in found.come] == [{"director": "out_of_town"}]


def test_a_finding_beside_its_own_version_is_no_news_and_not_mended() -> None:
    revision = revise(load(RULES), load(DRAFTERS / "revision"))
    space = Space(replace(revision, old=revision.new), ABSENT_STATES)
    across = Across(space, Session(space))
    findings = audit(revision.new).findings
    news = [across.news(f) for f in findings]
    assert news.count(False) > len(news) / 2 and True not in news
    assert [across.mended(f) for f in findings] == news


def test_what_is_not_settled_is_news_and_not_mended() -> None:
    revision = revise(load(RULES), load(DRAFTERS / "revision"))
    space = Space(revision, ABSENT_STATES)
    across = Across(space, Session(space, budget=1))
    gap = next(f for f in audit(revision.new).findings if f.check == "signing-gap")
    assert across.news(gap) is True and across.mended(gap) is False
    assert [u.check for u in across.unknown] == ["findings", "findings"]


def test_an_act_that_a_known_cause_reaches_now_is_news() -> None:
    """The notice shown could not be signed before either; the decisions and meetings of an ill head could."""
    found = impact(load(HAND_MADE / "old"), load(HAND_MADE / "new"), findings=True).findings
    assert found is not None
    assert {tuple(away(f).items()) for f in found.come if f.check == "signing-gap"} == {(("head", "illness"),)}


def test_a_clash_and_a_review_by_one_hand_are_news_where_they_were_not(tmp_path: Path) -> None:
    clash = (
        "  - {id: not_both",
        '  - {id: director_signs, form: power, act: sign, by: director, when: kind = notice, at: "7", quote: x}\n'
        '  - {id: director_not, form: prohibition, act: sign, by: director, when: kind = notice, at: "7", quote: x}\n'
        "  - {id: not_both",
    )
    found = revised(tmp_path, clash)
    assert {f.check for f in found.come} >= {"competence-conflict", "contradiction"}
    wider = ("act: sign, by: director, when: kind = notice, at: \"7\", quote: x}\n  - {id: director_not",
             "act: sign, by: director, at: \"7\", quote: x}\n  - {id: director_not")  # fmt: skip
    second = tmp_path / "second"
    second.mkdir()
    again = revised(second, wider, of=tmp_path)
    # the pair of norms was told of notices before, and a notice is the plainest still: the orders are outcomes
    assert "competence-conflict" not in {f.check for f in again.come}
