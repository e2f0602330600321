"""Rules of the directory, in pure Python."""
