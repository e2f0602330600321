"""Forms of meetings: they read what people type, they never save."""
