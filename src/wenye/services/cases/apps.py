"""The app as Django knows it."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """办件."""

    name = "wenye.services.cases"
    label = "cases"
    verbose_name = "办件"
    default_auto_field = "django.db.models.BigAutoField"
