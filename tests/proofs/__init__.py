"""Tests of the engine of proofs: against the reference semantics, by enumeration, and on planted defects."""
