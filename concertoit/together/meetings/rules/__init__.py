"""Domain rules of meetings, in plain Python."""
