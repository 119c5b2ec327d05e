"""What carries every sentence of a document, counted and drawn."""
