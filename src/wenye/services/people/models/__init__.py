"""People and employers in the database, and what stands over the registers' snapshots."""

from wenye.services.people.models.overlay import Addition, Correction
from wenye.services.people.models.snapshots import Snapshot

__all__ = ["Addition", "Correction", "Snapshot"]
