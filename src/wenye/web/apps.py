"""The app as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """页面与接口."""

    name = "wenye.web"
    label = "web"
    verbose_name = "页面与接口"
