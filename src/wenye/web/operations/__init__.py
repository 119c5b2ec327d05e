"""Pages for who looks after the service."""
