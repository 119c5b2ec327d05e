"""The ledger, and what moves money on it."""

from wenye.services.money.models.budgets import FundChange
from wenye.services.money.models.handover import HandOver, HandOverRow
from wenye.services.money.models.ledger import Account, Line, Posting
from wenye.services.money.models.payments import Batch, BatchLine, Instalment
from wenye.services.money.models.recoveries import Receipt, Recovery, RecoveryPart
from wenye.services.money.models.returns import ReturnFile, ReturnRow
from wenye.services.money.models.sampling import Sample, SampledPayment

__all__ = [
    "Account",
    "Batch",
    "BatchLine",
    "FundChange",
    "HandOver",
    "HandOverRow",
    "Instalment",
    "Line",
    "Posting",
    "Receipt",
    "Recovery",
    "RecoveryPart",
    "ReturnFile",
    "ReturnRow",
    "Sample",
    "SampledPayment",
]
