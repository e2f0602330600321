"""Rules of deciding together, in pure Python."""
