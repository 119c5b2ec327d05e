"""Every change and every read of a person, append-only and sealed."""
