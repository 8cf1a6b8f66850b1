"""Timing of guize. Nothing here is part of the package."""
