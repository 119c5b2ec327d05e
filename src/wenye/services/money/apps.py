"""The app as Django knows it."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """资金."""

    name = "wenye.services.money"
    label = "money"
    verbose_name = "资金"
    default_auto_field = "django.db.models.BigAutoField"
