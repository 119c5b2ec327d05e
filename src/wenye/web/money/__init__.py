"""Pages of the finance officers: what is owed, batches, the bank, budgets, recoveries, the ledger."""
