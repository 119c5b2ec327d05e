"""Cases with every step of theirs, what was attached, and what was published of them."""

from wenye.services.cases.models.attachments import Attachment
from wenye.services.cases.models.cases import Case, CaseQuerySet, Counter
from wenye.services.cases.models.letters import Letter
from wenye.services.cases.models.notices import NoticeRow
from wenye.services.cases.models.steps import Step
from wenye.services.cases.models.views import SavedView

__all__ = [
    "Attachment",
    "Case",
    "CaseQuerySet",
    "Counter",
    "Letter",
    "NoticeRow",
    "SavedView",
    "Step",
]
