"""The district's data: what a fact is, intake and validation, snapshots."""
