"""People and employers in the database, and what stands over the registers' snapshots."""

from wenye.services.people.models.core import Employer, Person
from wenye.services.people.models.imports import Import
from wenye.services.people.models.overlay import Addition, Correction
from wenye.services.people.models.rights import Consent, Objection
from wenye.services.people.models.snapshots import Snapshot

__all__ = [
    "Addition",
    "Consent",
    "Correction",
    "Employer",
    "Import",
    "Objection",
    "Person",
    "Snapshot",
]
