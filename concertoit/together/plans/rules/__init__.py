"""Rules of a plan in pure Python: they can be read and argued about without a database."""
