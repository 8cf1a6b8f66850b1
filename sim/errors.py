"""What can go wrong with a simulation that is not a mistake in a file."""

from __future__ import annotations

from model.errors import GuizeError


class SimulationError(GuizeError):
    """A scenario cannot be run on this rule set, though its file is well formed."""
