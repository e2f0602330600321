"""Reads of tenant participation; each takes a viewer or a space."""
