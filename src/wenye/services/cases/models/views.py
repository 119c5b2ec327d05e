"""Filters of the worklist that a user has kept under a name."""

from __future__ import annotations

from django.db import models


class SavedView(models.Model):
    """A name and the worklist's query string."""

    user_id = models.BigIntegerField("用户", db_index=True)
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=400)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["user_id", "name"], name="one_view_of_a_name"),
        )

    def __str__(self) -> str:
        return self.name
