"""Revision impact: two versions of a rule set in one encoding, and every situation in which they differ.

`space` holds the encoding, `claims` what each version says as formulas, `cover` the regions, `verdicts` the
findings and properties that appear and go; `run` puts them together.
"""
