"""The provider, as the environment names it. Without ``WENYE_OIDC_ISSUER`` there is none.

============================  =====================================================================
``WENYE_OIDC_ISSUER``         the issuer's address, where ``/.well-known/openid-configuration`` is
``WENYE_OIDC_CLIENT_ID``      as the provider knows this service
``WENYE_OIDC_CLIENT_SECRET``  the secret given with it
``WENYE_OIDC_SCOPES``         ``openid profile`` if left out
``WENYE_OIDC_LABEL``          what the button says, ``统一身份认证`` if left out
``WENYE_OIDC_NUMBER_CLAIM``   the claim that holds a citizen's identity number; left out: nobody is
                              linked by number
============================  =====================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from authlib.integrations.django_client import OAuth

from wenye.web import environment

#: Seconds after which a provider that does not answer is given up.
PATIENCE = 10


@dataclass(frozen=True, slots=True)
class Provider:
    """What the environment says of the provider."""

    issuer: str
    client_id: str
    client_secret: str
    scopes: str
    label: str
    number_claim: str


def provider() -> Provider | None:
    """The provider, or None where logins are by password alone."""
    issuer = environment.text("WENYE_OIDC_ISSUER")
    if not issuer:
        return None
    return Provider(
        issuer=issuer.rstrip("/"),
        client_id=environment.text("WENYE_OIDC_CLIENT_ID", "wenye"),
        client_secret=environment.text("WENYE_OIDC_CLIENT_SECRET"),
        scopes=environment.text("WENYE_OIDC_SCOPES", "openid profile"),
        label=environment.text("WENYE_OIDC_LABEL", "统一身份认证"),
        number_claim=environment.text("WENYE_OIDC_NUMBER_CLAIM"),
    )


@lru_cache(maxsize=4)
def remote(of: Provider) -> Any:
    """The provider as authlib speaks to it: state, nonce and PKCE (S256) with every login."""
    return OAuth().register(
        "provider",
        client_id=of.client_id,
        client_secret=of.client_secret,
        server_metadata_url=f"{of.issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": of.scopes,
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )
