"""Who is followed, what was told, and how entries were checked."""

from wenye.services.followup.models.checking import Finding, Recontact, Sample
from wenye.services.followup.models.contacts import Contact, Draft, Referred, Stop
from wenye.services.followup.models.families import Family, FamilyMember
from wenye.services.followup.models.followed import Begun, Followed
from wenye.services.followup.models.returns import MonthlyReturn

__all__ = [
    "Begun",
    "Contact",
    "Draft",
    "Family",
    "FamilyMember",
    "Finding",
    "Followed",
    "MonthlyReturn",
    "Recontact",
    "Referred",
    "Sample",
    "Stop",
]
