"""The office at work: papers under a rule set, as a queueing system driven by SimPy."""

PROJECT = "guize"
