"""The app as Django knows it."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """判定."""

    name = "wenye.services.decisions"
    label = "decisions"
    verbose_name = "判定"
    default_auto_field = "django.db.models.BigAutoField"
