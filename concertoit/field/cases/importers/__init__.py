"""Files into the room of cases."""
