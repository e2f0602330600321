"""Forms of tenant participation: they read what a person typed; services decide and save."""
