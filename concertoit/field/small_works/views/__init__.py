"""Pages of small works."""
