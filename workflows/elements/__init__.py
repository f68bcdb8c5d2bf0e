"""Elements that act on runs."""
