"""The encoding of rule sets to Z3 and the questions asked of it. Follows `model`, and is tested against it."""

PROJECT = "guize"
