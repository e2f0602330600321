"""Pages of deciding together."""
