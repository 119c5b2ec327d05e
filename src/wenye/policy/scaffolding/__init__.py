"""A district drafted from a read document: what of it becomes which file."""
