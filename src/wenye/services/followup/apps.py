"""The app as Django knows it."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """跟踪服务."""

    name = "wenye.services.followup"
    label = "followup"
    verbose_name = "跟踪服务"
    default_auto_field = "django.db.models.BigAutoField"
