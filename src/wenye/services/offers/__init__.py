"""Offers and notifications: policy finds people."""
