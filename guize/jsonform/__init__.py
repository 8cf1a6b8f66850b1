"""Findings, norms and answers as plain JSON values, one module a command. Stable: keys are only ever added."""
