"""The permission table, room by room. Each module lists ``ROWS``; ``tests/permissions.py`` gathers them."""
