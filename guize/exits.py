"""Exit codes of every command."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the shell is told."""

    CLEAN = 0
    """Nothing at or above the chosen severity."""
    FINDINGS = 1
    """Something at or above the chosen severity; of `who`: nobody may act."""
    UNUSABLE = 2
    """The input or the call cannot be used."""
    UNKNOWN = 3
    """Some question was not settled within its budget."""
    INTERRUPTED = 130
    """Somebody stopped it; what was done by then has been shown."""
    BUG = 70
    """The engines disagree: a fault of guize, not of the rules."""
