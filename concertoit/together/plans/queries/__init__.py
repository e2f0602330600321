"""Reads of plans; every one takes a viewer, a space, or a version that was found through one."""
