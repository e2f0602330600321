"""State machines of deciding together, one table per process."""
