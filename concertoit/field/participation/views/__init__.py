"""Pages of tenant participation."""
