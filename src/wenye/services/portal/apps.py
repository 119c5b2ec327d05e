"""The app as Django knows it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """对外接口."""

    name = "wenye.services.portal"
    label = "portal"
    verbose_name = "对外接口"
    default_auto_field = "django.db.models.BigAutoField"
