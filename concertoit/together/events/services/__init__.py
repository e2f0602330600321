"""Preparing events, registering, taking presence, hearing needs."""
