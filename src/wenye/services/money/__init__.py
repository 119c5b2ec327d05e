"""The ledger, payment batches, bank files, recoveries and budgets."""
