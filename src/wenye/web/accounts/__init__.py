"""Pages about the account itself: logging in, posts, password."""
