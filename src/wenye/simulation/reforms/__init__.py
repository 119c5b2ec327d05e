"""Trying out a change of values: who moves in and out, by which condition, at what cost."""
