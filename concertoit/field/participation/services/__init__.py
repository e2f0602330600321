"""Writes of tenant participation."""
