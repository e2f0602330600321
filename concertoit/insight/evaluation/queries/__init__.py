"""Reads of evaluation; each takes a viewer or a démarche."""
