"""Two versions of a document compared, and the rules that the difference touches."""
