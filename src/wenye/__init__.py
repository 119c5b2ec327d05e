"""Wenye (稳业): public employment support, from the published policy to delivered help."""

__version__ = "0.1.0"
