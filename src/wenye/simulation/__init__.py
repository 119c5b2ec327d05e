"""Reforms, scenarios, synthetic districts, budgets."""
