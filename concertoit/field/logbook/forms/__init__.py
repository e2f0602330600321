"""Forms of the logbook."""
