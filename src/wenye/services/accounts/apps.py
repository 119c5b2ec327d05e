"""The app as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """账户与权限."""

    name = "wenye.services.accounts"
    label = "accounts"
    verbose_name = "账户与权限"
    default_auto_field = "django.db.models.BigAutoField"
