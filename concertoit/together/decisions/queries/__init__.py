"""Reads of deciding together."""
