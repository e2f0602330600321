"""Files out of the room of cases."""
