"""Forms of small works: they read what a person typed; services decide and save."""
