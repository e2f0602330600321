"""Writes of the logbook."""
