"""Rules of the room in plain Python: they never touch the database."""
