"""Pages about the whole district in numbers."""
