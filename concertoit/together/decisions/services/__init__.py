"""Writes of deciding together."""
