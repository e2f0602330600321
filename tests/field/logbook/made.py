"""Objects of the room that tests and permission rows need."""
