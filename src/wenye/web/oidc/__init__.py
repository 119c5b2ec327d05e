"""Logging in through an identity provider (OpenID Connect)."""
