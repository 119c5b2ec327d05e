"""The app as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """人员与单位."""

    name = "wenye.services.people"
    label = "people"
    verbose_name = "人员与单位"
    default_auto_field = "django.db.models.BigAutoField"
