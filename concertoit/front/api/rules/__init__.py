"""Rules of the interfaces, in pure Python."""
