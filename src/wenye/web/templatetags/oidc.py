"""Whether there is a provider to log in through."""

from __future__ import annotations

from django import template

from wenye.web.oidc.provider import Provider, provider

register = template.Library()


@register.simple_tag
def login_provider() -> Provider | None:
    """The provider, or None."""
    return provider()
