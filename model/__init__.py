"""The language of working rules and its one meaning: plain Python, no solver and no simulator."""

PROJECT = "guize"
"""Marks this package as guize's own; `guize` checks it at import, for `model` is a common name."""
