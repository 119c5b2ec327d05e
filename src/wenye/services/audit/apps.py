"""The app as Django knows it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """审计."""

    name = "wenye.services.audit"
    label = "audit"
    verbose_name = "审计"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Logins are entries too."""
        from wenye.services.audit.logins import connect

        connect()
