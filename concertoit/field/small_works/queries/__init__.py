"""Reads of small works; each takes a viewer or a démarche."""
