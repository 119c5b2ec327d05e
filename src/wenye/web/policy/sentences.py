"""The sentence to say on the phone, where pages look for it."""

from wenye.services.decisions.sentences import spoken

__all__ = ["spoken"]
