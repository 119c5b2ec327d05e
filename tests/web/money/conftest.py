"""As for the money service: values confirmed, a budget, and approved cases."""

from tests.services.money.conftest import confirmed, office

__all__ = ["confirmed", "office"]
