"""The same six rules for other engines, each written as its users would write it."""
