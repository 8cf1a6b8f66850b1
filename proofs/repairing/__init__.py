"""Repairs: the smallest changes to a rule set that remove a finding and add none, each asked about again."""
