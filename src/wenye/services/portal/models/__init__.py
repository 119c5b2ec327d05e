"""Who comes in from other systems, what they were answered, and what is sent to them."""

from wenye.services.portal.models.clients import ApiClient, KeptAnswer, Minute
from wenye.services.portal.models.identities import LinkedIdentity
from wenye.services.portal.models.messages import Incoming, Outgoing

__all__ = ["ApiClient", "Incoming", "KeptAnswer", "LinkedIdentity", "Minute", "Outgoing"]
