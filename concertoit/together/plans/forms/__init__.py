"""Forms of plans: validation in French, never saving."""
