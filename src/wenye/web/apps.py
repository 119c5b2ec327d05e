"""The app as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """页面与接口."""

    name = "wenye.web"
    label = "web"
    verbose_name = "页面与接口"

    def ready(self) -> None:
        """A login's limits are set when it begins."""
        from django.contrib.auth.signals import user_logged_in

        from wenye.web.middleware_session import begin

        user_logged_in.connect(begin, dispatch_uid="web.session")
