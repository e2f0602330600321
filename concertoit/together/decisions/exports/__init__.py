"""Files out of deciding together."""
