"""Reads of meetings; each takes a viewer or a démarche."""
