"""What events give out: lists and certificates."""
