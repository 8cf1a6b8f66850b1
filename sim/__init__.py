"""The office at work, simulated with SimPy. Nothing is here yet: the flow of papers is a later issue."""

PROJECT = "guize"
