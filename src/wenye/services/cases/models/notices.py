"""What is published of an approval. A row cannot hold more: there is no column for it."""

from __future__ import annotations

from django.db import models


class NoticeRow(models.Model):
    """One line of a public notice: a masked name, a town, a scheme, a band of amounts, a month.

    It holds no reference to the case: the case's step knows the row (``notice_id``), the row knows
    nothing.
    """

    #: Masked before it is stored: 张*, 欧*三; an employer's name whole.
    masked_name = models.CharField("姓名（已遮蔽）或单位名称", max_length=120)
    town = models.CharField("街镇", max_length=9)
    scheme = models.CharField("补贴项目", max_length=80)
    #: The band in yuan, as printed: 1000元以下, 1000—5000元…
    band = models.CharField("金额档", max_length=30)
    month = models.CharField("月份", max_length=7)
    put_up_on = models.DateField("公示起")
    until = models.DateField("公示止", db_index=True)
    taken_down_on = models.DateField("撤下", null=True)

    class Meta:
        ordering = ("-put_up_on", "id")
        constraints = (
            models.CheckConstraint(
                name="notice_name_has_no_number",
                condition=~models.Q(masked_name__regex=r"[0-9]{6,}"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme} {self.town}"
