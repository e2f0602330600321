"""Reads of cases; each takes a viewer."""
