"""Writes of small works."""
