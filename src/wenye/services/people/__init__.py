"""People and employers: core facts, encrypted numbers, corrections, imports."""
