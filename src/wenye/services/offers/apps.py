"""The app as Django knows it."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    """政策找人."""

    name = "wenye.services.offers"
    label = "offers"
    verbose_name = "政策找人"
    default_auto_field = "django.db.models.BigAutoField"
