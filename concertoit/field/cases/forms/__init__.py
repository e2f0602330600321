"""Forms of cases: they read what a person typed; services decide and save."""
