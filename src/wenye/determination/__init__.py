"""The whole district at once: the run, its reasons, its manifest."""
