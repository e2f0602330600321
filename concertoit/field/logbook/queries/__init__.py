"""Reads of the logbook; each takes a viewer or a space."""
