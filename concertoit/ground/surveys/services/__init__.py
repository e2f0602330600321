"""Writing surveys, asking people, keeping what they answer."""
