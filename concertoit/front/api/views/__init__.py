"""The interfaces: Open311, HSDS, and the keys given to other systems."""
