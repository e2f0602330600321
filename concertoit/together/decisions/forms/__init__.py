"""Forms of deciding together."""
