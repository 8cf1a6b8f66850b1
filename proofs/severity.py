"""How much a finding matters: computed from its witness, the act, its strength and its readings."""

from __future__ import annotations

from model import absence
from model.situation import Situation
from model.vocabulary import Strength
from proofs.findings import Severity


def severity(
    witness: Situation,
    *,
    weighty: bool,
    strength: Strength,
    every_reading: bool,
    tension: bool = False,
    departs: bool = False,
    elsewhere: bool = False,
) -> Severity:
    """No absence is critical, one ordinary absence serious, what is rarer moderate.

    One level less each for an act that does not decide, for a norm that binds less than strictly,
    for a finding that only some readings bear out; a tension with a known winner is at most moderate,
    and so is a situation that departs from what is required in principle. `elsewhere`: the text wants an
    approval and leaves the hand to other rules, which is one level less than a signature nobody may give.
    """
    absent = [witness.state(o) for o in witness.absent]
    if not absent:
        level = 3
    elif len(absent) == 1 and absent[0] in absence.ORDINARY:
        level = 2
    else:
        level = 1
    level -= elsewhere + (not weighty) + (strength < Strength.STRICT) + (not every_reading)
    if tension or departs:
        level = min(level, 1)
    return Severity(max(level, 0))


def drafting(*, weighty: bool, strength: Strength, every_reading: bool) -> Severity:
    """Of what a text leaves open: nobody is kept from acting, and no situation is worse for it than another.

    Moderate if weighty, else minor; one level less where the norm concerned binds only in principle or at
    discretion, or where only some readings bear the finding out.
    """
    level = weighty - (strength < Strength.DEFAULT) - (not every_reading)
    return Severity(max(level, 0))
