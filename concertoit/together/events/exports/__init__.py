"""What events give out: calendars, lists, certificates."""
