"""How somebody is told of an offer: one row for each channel, with how far it came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from wenye.services.offers.models.offers import Offer


class Notification(models.Model):
    """One message about one offer on one channel. Where it goes is looked up when it is sent."""

    QUEUED, SENT, DELIVERED = "queued", "sent", "delivered"
    FAILED, PRINTED, READ = "failed", "printed", "read"
    STATES: ClassVar[list[tuple[str, str]]] = [
        (QUEUED, "待发送"),
        (SENT, "已发出"),
        (DELIVERED, "已送达"),
        (FAILED, "未送达"),
        (PRINTED, "已打印"),
        (READ, "已读"),
    ]
    #: States in which somebody has heard; a letter counts once it is printed for posting.
    HEARD: ClassVar[tuple[str, ...]] = (DELIVERED, PRINTED, READ)

    INBOX, LETTER = "inbox", "letter"
    SMS, WECHAT, PORTAL = "sms", "wechat", "portal"
    #: A case worker tells them in person.
    VISIT = "visit"
    #: Channels on which people do the work, and no provider.
    BY_HAND: ClassVar[tuple[str, ...]] = ("inbox", "letter", "visit")
    CHANNELS: ClassVar[list[tuple[str, str]]] = [
        (INBOX, "站内消息"),
        (LETTER, "纸质信函"),
        (SMS, "短信"),
        (WECHAT, "微信"),
        (PORTAL, "随申办"),
        (VISIT, "援助员当面告知"),
    ]

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="notifications")
    channel = models.CharField("渠道", max_length=10, choices=CHANNELS)
    #: ``offer``, ``reminder``, ``lapsed``.
    template = models.CharField("内容", max_length=20, default="offer")
    state = models.CharField("状态", max_length=10, choices=STATES, default=QUEUED)
    attempts = models.IntegerField("次数", default=0)
    #: Not to be tried before; null where it is not to be tried again.
    next_try_at = models.DateTimeField("下次发送", null=True)
    #: The channel's own number for the message; no personal data.
    receipt = models.CharField("回执", max_length=80, blank=True, default="")
    #: A code of the channel: ``no_address``, ``refused``, ``unreachable`` …
    failure = models.CharField("原因", max_length=40, blank=True, default="")
    made_by = models.BigIntegerField("经办人", null=True)
    made_at = models.DateTimeField("建立时间", default=timezone.now)
    changed_at = models.DateTimeField("最近变动", default=timezone.now)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["state", "next_try_at"], name="notification_due"),
            models.Index(fields=["channel", "receipt"], name="notification_by_receipt"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["offer", "channel", "template"], name="told_once_on_a_channel"
            ),
        )

    def __str__(self) -> str:
        return f"{self.offer_id}:{self.channel}"
