"""Reads of the interfaces."""
