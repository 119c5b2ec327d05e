"""Documents' texts found, and every citation looked up in its article."""
