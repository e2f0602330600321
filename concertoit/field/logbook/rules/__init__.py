"""Rules of the logbook, in pure Python."""
