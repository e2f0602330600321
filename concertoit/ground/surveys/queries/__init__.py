"""Surveys of a démarche, and what people answered."""
