"""Pages of the finance officers: what is owed, batches, bank, budgets, recoveries, ledger."""
