"""The records of repairs: what is proposed, how big a change it is, and what it leaves."""

from __future__ import annotations

from dataclasses import dataclass

from model import absence
from model.citations import Citation
from model.edits import Edit
from model.norms import EVERY_ACT, Norm, Power, StandIn
from model.ruleset import RuleSet
from model.situation import Situation

FURTHER, WIDEN, RANKED, APART, SIGNER, PREVAILS, EXCEPT, SPARED, PERIOD = (
    "further-stand-in",
    "widened-stand-in",
    "ranked-stand-in",
    "exclusion",
    "signer",
    "precedence",
    "exception",
    "other-hand",
    "period",
)
"""The kinds of repair: a stand-in more; a clause that covers more; further ones by rank; absences kept apart;
somebody named for a class of papers; an order of precedence; an exception; another hand; a period moved."""

LIMIT, ONCE, NAMED, OPTIONAL, ORDERED, STRUCK = (
    "limit",
    "returned-once",
    "step-actor",
    "optional-step",
    "step-order",
    "struck-out",
)
"""Of routes: a limit on how long a paper may go round; a return once only; another for a step that nobody can take; a
step left out where there is nobody for it; a step put before another; steps or a route struck out."""

CORRECTED, DEFINED, ONE_NAME, COMPLETED, MEETING, ACTOR = (
    "corrected-reference",
    "definition",
    "one-name",
    "completed-period",
    "completed-meeting",
    "duty-actor",
)
"""Of drafting: a reference to what was meant; a name defined; one name for one thing; a period said in full; a meeting
said in full; somebody whose duty it is."""


@dataclass(frozen=True)
class Candidate:
    """A change that may mend a finding. `anchor` is the place it amends; `pattern` is lower the closer it
    keeps to what the instrument itself does elsewhere."""

    kind: str
    edit: Edit
    anchor: Citation
    pattern: int = 0

    def size(self, rules: RuleSet) -> tuple[int, int, int]:
        """Smaller changes come first: clauses touched, authority moved, distance from the instrument's own pattern."""
        return self.edit.clauses(rules), authority(rules, self.edit), self.pattern


@dataclass(frozen=True)
class Repair:
    """A change that was asked about again: it removes the finding, and no question that held before fails now.

    `leaves` is the plainest situation of the finding that it does not mend, rarer than those it does; None
    where it mends them all. `mends` are the ids of other findings that it removes in the same sense, `widens`
    those of findings that were there already and that reach further after it.
    """

    kind: str
    edit: Edit
    anchor: Citation
    leaves: Situation | None = None
    mends: tuple[str, ...] = ()
    widens: tuple[str, ...] = ()


FEW_ACTS = 3
"""Of more acts than these, a clause passes all duties, as instruments say it (代行其职责)."""


def authority(rules: RuleSet, edit: Edit) -> int:
    """How much authority a change moves: for each norm stated, the acts, times the states of absence they pass in,
    less what the norm it replaces passed. A power moves as much as its act in one state."""
    acts = {p.act for p in rules.powers.values()}
    return sum(_moved(n, acts) - _moved(rules.norms.get(n.id), acts) for n in edit.norms)


def _moved(norm: Norm | None, acts: set[str]) -> int:
    if isinstance(norm, Power):
        return 1
    if not isinstance(norm, StandIn):
        return 0
    every = norm.acts == EVERY_ACT or len(norm.acts) > FEW_ACTS
    passed = len(acts) if every else len(set(norm.acts) & acts)
    free = 2 if norm.delegation is None else 1
    return passed * len(norm.states & set(absence.ABSENT_STATES)) * free
