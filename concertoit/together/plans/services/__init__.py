"""Writes of plans: keyword-only, one transaction each: policy, rule, save, journal, notify."""
