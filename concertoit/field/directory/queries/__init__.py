"""Reads of the directory; each takes a viewer, a space, or says that it is public."""
