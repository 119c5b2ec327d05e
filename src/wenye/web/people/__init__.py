"""Pages about people and employers: search, at a glance, corrections, imports, one's own data."""
