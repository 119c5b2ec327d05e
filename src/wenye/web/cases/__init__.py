"""Pages of cases: opening one, working on it, the worklist, documents, letters, the notice."""
