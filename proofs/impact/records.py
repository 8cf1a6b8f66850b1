"""What a comparison of two versions reports: frozen records. Sentences are made last, by `guize.sentences`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from model.effects import Claim, Topic
from model.revision import NameChange, NormChange, Revision, Suggestion
from model.situation import Situation
from proofs.findings import Finding, Unsettled
from proofs.proving import Status, Verdict
from proofs.session import Cube

POSSIBLE = "possible"
"""Kind of a topic: situations that can occur under one version only. Its subject is the constraint."""


@dataclass(frozen=True)
class Shift:
    """One way in which outcomes differ: `lost` are claims of the older version that the newer does not make
    there, `gained` those of the newer.

    Of a stand-in, the claims are acts; of `possible`, the constraint. `regions` together hold every
    situation of it, up to exchange of holders of one office (`complete`), each situation in them shows it.
    `blame` is a minimal set of changed norms that brings it about in the witness; empty where only names or
    facts changed. `acts` gives for the witness who may do the acts concerned before and after.
    """

    topic: Topic
    lost: tuple[Claim, ...]
    gained: tuple[Claim, ...]
    regions: tuple[Cube, ...]
    witness: Situation
    blame: tuple[str, ...] = ()
    hands: tuple[Hands, ...] = ()
    complete: bool = True


@dataclass(frozen=True)
class Hands:
    """Who may do an act in a situation, before and after; None where that version does not know the situation."""

    act: str
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    wanted_before: bool = False
    wanted_after: bool = False

    @property
    def gains(self) -> tuple[str, ...]:
        return tuple(a for a in self.after or () if a not in (self.before or ()))

    @property
    def loses(self) -> tuple[str, ...]:
        return tuple(a for a in self.before or () if a not in (self.after or ()))


@dataclass(frozen=True)
class Stay:
    """A finding of both versions; the ids may differ where only the wording or the example does."""

    old: Finding
    new: Finding


@dataclass(frozen=True)
class Findings:
    """Findings that go with the older version, come with the newer, and are there in both.

    Each of the newer version is in `come` or in `stay`. Of those that come, `wider` holds the ones whose cause the
    older version has too, but not in all of their situations. One of the older version that only lives on as part of
    another, or of a wider one, is in none of `gone` and `stay`.
    """

    gone: tuple[Finding, ...]
    come: tuple[Finding, ...]
    stay: tuple[Stay, ...]
    wider: tuple[Stay, ...] = ()

    def was(self, finding: Finding) -> Finding | None:
        """Of one that comes, the finding of the older version with the same cause, if there is one."""
        return next((s.old for s in self.wider if s.new is finding), None)


@dataclass(frozen=True)
class Flip:
    """A property asked of both versions whose verdict differs."""

    id: str
    old: Verdict
    new: Verdict

    @property
    def worse(self) -> bool:
        """Whether it fails now."""
        return self.new.status is Status.FAILS


@dataclass(frozen=True)
class Counts:
    """How the question of outcomes was settled: topics that are literally the same, proved equal, different."""

    topics: int = 0
    literally: int = 0
    proved: int = 0
    different: int = 0


@dataclass(frozen=True)
class Impact:
    """Everything that changes from one version to the other.

    Without `shifts` and `unknown`, nothing changes in effect, which is proved within the bounds (`absences`,
    `scope`) or, where `identical`, plain from the texts. `findings` and `flips` are None where not asked for.

    `irreconcilable`: where no situation at all can occur under both, so that no outcome can be compared, constraints of
    the one and of the other that no situation keeps together (`impact.space.Version.constraints`); as few as can be.
    """

    revision: Revision
    shifts: tuple[Shift, ...]
    counts: Counts
    findings: Findings | None = None
    flips: tuple[Flip, ...] | None = None
    unknown: tuple[Unsettled, ...] = ()
    irreconcilable: tuple[str, ...] = ()
    absences: int = 0
    scope: Mapping[str, int] = field(default_factory=dict)
    queries: int = 0

    @property
    def identical(self) -> bool:
        """Whether both versions say the same word for word, but for places, quotations and names."""
        return self.revision.identical

    @property
    def changes(self) -> tuple[NormChange, ...]:
        return self.revision.changes

    @property
    def names(self) -> tuple[NameChange, ...]:
        return self.revision.names

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return self.revision.suggestions

    def effects_of(self, change: NormChange) -> tuple[int, ...]:
        """Which of `shifts` a changed norm (or a part of it) is to blame for."""
        names = {change.id}
        return tuple(
            i for i, s in enumerate(self.shifts) if any(b in names or b.partition(".")[0] in names for b in s.blame)
        )
