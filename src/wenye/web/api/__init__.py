"""The HTTP API: the same decisions, offers and cases, for other systems."""
