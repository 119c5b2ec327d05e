"""Decisions on the facts as they stand, and receipts of those that were used."""
