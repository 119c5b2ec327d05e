"""Formulas in words and pictures: rule cards, decision diagrams, law lines."""
