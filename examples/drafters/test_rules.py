"""What is said in Python rather than in a property file: questions, situations by the hundred, papers' lives."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis.stateful import invariant

import guize
from guize.strategies import paper_life, situations

RULES = guize.load(Path(__file__).parent / "rules")
QUICK = settings(max_examples=25, stateful_step_count=10, deadline=None)


def test_no_contradiction(guize_audit):
    report = guize_audit("rules", most_absences=1, checks=["contradiction"])
    assert not report.findings


def test_the_executive_deputy_signs_a_notice(guize_rules):
    reply = guize.who(guize_rules("rules"), guize.Question({"kind": "notice"}, "sign"))
    assert not reply.nobody


@given(situations(RULES, most_absences=1, states=["leave", "illness"]))
@QUICK
def test_one_leave_stops_no_signing(at):
    sign = [s for s in RULES.stages if s.act == "sign"]
    competence = guize.Outcomes(RULES, at).competence
    assert not any(competence.stuck(s) for s in sign)


class Orders(paper_life(RULES, paper={"kind": "order"}, claims={"审核先于签发": "precedes(review, sign)"})):
    """The life of an order: whoever is away, and whatever is sent back."""

    @invariant()
    def two_pairs_of_eyes(self):
        assert not self.done_by("countersign") & self.done_by("sign")


TestOrders = Orders.TestCase
TestOrders.settings = QUICK
