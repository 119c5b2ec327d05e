"""Who may see and do what: users, posts, scopes, and the access table."""
