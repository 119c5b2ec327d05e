"""Content, not mechanism: one folder per district, loaded by name and imported by nobody."""
