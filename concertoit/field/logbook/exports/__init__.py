"""Files out of the logbook."""
