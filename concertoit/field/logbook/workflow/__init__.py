"""Workflows of the logbook, in pure Python."""
