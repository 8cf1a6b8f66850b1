"""Repairs and explanations as commands: sentences, JSON, what is written can be read back."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rich.console import Console

import guize
import specs
from guize.jsonform import written
from guize.sentences.repair import sentence
from guize.sentences.wordings import sentences as wordings
from guize.terminal import audit as terminal
from model.citations import Citation
from model.edits import Edit
from model.loading import load
from model.norms import Norm
from model.ruleset import RuleSet
from proofs.audit import audit
from proofs.findings import Severity
from proofs.repairing.offering import with_repairs
from proofs.repairing.repair import PREVAILS, Repair
from tests.guize.support import Run
from tests.proofs import support as s

HEAD, VICE, CLERK = s.office("head"), s.office("vice"), s.office("clerk")
FEW = ("leave", "illness")


def told(rules: RuleSet, check: str, lang: str, kind: str, states: tuple[str, ...] = FEW) -> str:
    report = with_repairs(rules, audit(rules, states=states), states=states)
    finding = next(f for f in report.findings if f.check == check)
    return sentence(rules, next(r for r in finding.repairs if r.kind == kind), lang)


STAND_IN = s.ruleset(
    HEAD, VICE, CLERK, s.power("p", 1, "sign", "head"), s.stand_in("st", 3, "head", "vice", ("leave",))
)
SENTENCES = [
    (STAND_IN, "signing-gap", "widened-stand-in", "zh", "建议修改第三条：将代行的情形由“休假”扩大到“休假或者因病”。"),
    (STAND_IN, "signing-gap", "widened-stand-in", "en", "Amend art. 3: widen the causes of absence"),
    (STAND_IN, "signing-gap", "further-stand-in", "zh", "建议在第三条后增加：“head因病时，由vice代行sign职责。”"),
    (
        s.ruleset(
            HEAD,
            VICE,
            s.route("r", 1, ("a", "review", "vice"), ("b", "sign", "head")),
            s.bound("ceiling", 2, "r", ("start", "end"), "ceiling", 2, "calendar_day"),
            s.bound("floor", 3, "r", ("a", "b"), "floor", 5, "calendar_day"),
        ),
        "deadline-infeasible",
        "period",
        "zh",
        "由5日缩短为2日。",
    ),
]


@pytest.mark.parametrize(("rules", "check", "kind", "lang", "expected"), SENTENCES, ids=lambda x: str(x)[:20])
def test_a_repair_in_words(rules: RuleSet, check: str, kind: str, lang: str, expected: str) -> None:
    assert expected in told(rules, check, lang, kind)


def test_precedence_in_words() -> None:
    rules = s.ruleset(HEAD, VICE, s.power("p", 1, "sign", "head"), s.power("q", 2, "sign", "vice"))
    assert told(rules, "competence-conflict", "zh", PREVAILS, ()) in (
        "建议在第二条后增加：“第一条另有规定的，从其规定。”",
        "建议在第一条后增加：“第二条另有规定的，从其规定。”",
    )


def test_the_choice_of_wording_in_words() -> None:
    rules = s.ruleset(
        HEAD,
        VICE,
        s.reading("whom", "all", "some"),
        s.power("p", 1, "sign", "head"),
        s.stand_in("st", 2, "head", "vice", under=(("whom", "all"),)),
    )
    found = audit(rules, states=("leave",), most_absences=1, checks=["signing-gap"]).findings
    (some,) = [f for f in found if f.witness.absent == ("head",)]
    assert list(wordings(rules, some, "zh")) == ["若将第九十条“whom”明确为“all”，此问题消失。"]
    assert list(wordings(rules, some, "en")) == ["If 'whom' (art. 90) is made to read 'all', this finding goes."]


def test_repairs_only_where_asked_for(run: Run) -> None:
    finding = run("audit", "weidong", "--check", "competence-conflict", "--json").json["findings"][0]
    assert finding["repair"] is None and finding["repairs"] == []


def test_the_terminal_says_why_there_is_no_repair(capsys: pytest.CaptureFixture[str]) -> None:
    """Of a duty of nobody's, where whoever does such acts elsewhere must not, and where nobody does."""
    duty, elsewhere = s.deontic("d", 4, "duty", "publish"), s.deontic("e", 5, "duty", "publish", "vice", "false")
    barred = s.deontic("f", 6, "prohibition", "publish", "vice")
    for norms, zh, en in (
        ((duty, elsewhere, barred), "1种不能消除此问题或者会带来新问题", "1 would leave this finding or add another"),
        ((duty,), "须由起草人确定，不提出修改建议", "is for the drafter to decide: nothing is suggested"),
    ):
        rules = s.ruleset(HEAD, VICE, *norms)
        report = audit(rules, states=FEW, checks=["no-actor"])
        for lang, said in (("zh", zh), ("en", en)):
            terminal.audit(Console(width=200), rules, report, lang, Severity.MINOR)
            assert said not in capsys.readouterr().out  # none was looked for
            terminal.audit(Console(width=200), rules, with_repairs(rules, report, states=FEW), lang, Severity.MINOR)
            assert said in capsys.readouterr().out


def test_explain(run: Run) -> None:
    ran = run("explain", "weidong", "self-review-1d57c7", "--no-repairs", "--json")
    assert ran.code == 1 and ran.json["finding"]["id"] == "self-review-1d57c7"
    assert ran.json["cores_complete"] and ran.json["finding"]["norms"] in ran.json["cores"]
    shown = run("explain", "weidong", "self-review-1d57c7", "--no-repairs").out
    assert "依据（缺一不可）" in shown and "措辞" in shown and "第四十七条" in shown


def test_explain_no_such_finding(run: Run) -> None:
    ran = run("explain", "weidong", "self-review-1d57c8", "--no-repairs")
    assert ran.code == 2 and not ran.out and "self-review-1d57c7" in ran.err
    ran = run("explain", "weidong", "stand-in-loop-1d57c8", "--no-repairs", "--lang", "en")
    assert ran.code == 2 and not ran.out and "this check finds nothing" in ran.err


def test_explain_asks_nothing_where_the_id_is_of_no_check(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proofs.audit.audit", lambda *_, **__: pytest.fail("asked"))
    ran = run("explain", "weidong", "self-revew-1d57c7", "--lang", "en")
    assert ran.code == 2 and not ran.out and "guize audit" in ran.err


@pytest.mark.parametrize("name", ["weidong", "luoyang", "yanjin"])
def test_norms_and_names_are_written_as_the_rules_have_them(name: str, tmp_path: Path) -> None:
    """A rule set whose norms, offices, bodies and sets are written anew from the records is read as the same."""
    rules = guize.load(name)
    source = yaml.safe_load((specs.ROOT / name / "rules.yaml").read_text(encoding="utf-8"))
    source["norms"] = [written.norm(n) for n in rules.own_norms()]
    v = rules.vocabulary
    for table, write, records in (
        ("offices", written.office, v.offices), ("bodies", written.body, v.bodies), ("sets", written.named_set, v.sets)
    ):  # fmt: skip
        source[table] = [write(records[entry["id"]]) for entry in source.get(table, ())]
    folder = tmp_path / name
    folder.mkdir()
    (folder / "rules.yaml").write_text(yaml.safe_dump(source, allow_unicode=True, sort_keys=False), encoding="utf-8")
    (folder / "ledger.yaml").write_text("[]\n", encoding="utf-8")
    again = load(folder, specs.ROOT)
    assert [plain(n) for n in again.own_norms()] == [plain(n) for n in rules.own_norms()]
    w = again.vocabulary
    assert (w.offices, w.bodies, w.sets) == (v.offices, v.bodies, v.sets)


def plain(norm: Norm) -> str:
    return repr(norm)


def test_a_repair_s_place() -> None:
    rules = s.ruleset(HEAD, VICE, s.power("p", 1, "sign", "head"), s.power("q", 2, "sign", "vice"))
    edit = Edit(added=(s.stand_in("st", 1, "head", "vice"),))
    repair = Repair("further-stand-in", edit, Citation(s.INSTRUMENT, 1, quote="由市长签发"))
    assert sentence(rules, repair, "zh").startswith(
        "建议在第一条“由市长签发”后增加：“head不在岗时，由vice代行其职责。”"
    )
