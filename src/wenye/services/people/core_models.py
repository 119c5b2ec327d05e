"""Core facts of people and employers as columns, generated from ``registers.model``.

``python -m wenye.services.people.generate`` writes this file; a test fails when it is old.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

#: How a fact stands that may be absent.
STATES: list[tuple[str, str]] = [
    ("k", "已知"),
    ("a", "无"),
    ("n", "不适用"),
    ("u", "未提供"),
]


class PersonFacts(models.Model):
    """人员：登记册中的核心事项。"""

    sex = models.CharField(
        "性别",
        max_length=20,
        null=True,
        blank=True,
        choices=[
            ("male", "男"),
            ("female", "女"),
        ],
    )
    birth_date = models.DateField("出生日期", null=True, blank=True)
    hukou = models.CharField(
        "户籍",
        max_length=20,
        null=True,
        blank=True,
        choices=[
            ("district", "本区"),
            ("city", "本市其他区"),
            ("elsewhere", "外省市"),
        ],
    )
    town = models.CharField("街镇代码", max_length=60, blank=True, default="")
    retirement_class = models.CharField(
        "法定退休类别",
        max_length=20,
        null=True,
        blank=True,
        choices=[
            ("men", "男职工"),
            ("women_cadre", "女干部"),
            ("women_worker", "女工人"),
        ],
    )
    company_officer = models.BooleanField(
        "担任企业法定代表人、董事、监事、经理等", null=True, blank=True
    )
    pension_months = models.IntegerField("养老保险累计缴费月数", null=True, blank=True)

    #: The facts in order of the register.
    FACTS: ClassVar[list[str]] = [
        "sex",
        "birth_date",
        "hukou",
        "town",
        "retirement_class",
        "company_officer",
        "pension_months",
    ]

    class Meta:
        abstract = True


class EmployerFacts(models.Model):
    """用人单位：登记册中的核心事项。"""

    kind = models.CharField(
        "单位类型",
        max_length=22,
        null=True,
        blank=True,
        choices=[
            ("enterprise", "企业"),
            ("institution", "机关事业单位"),
            ("association", "社会团体"),
            ("private_non_enterprise", "民办非企业单位"),
            ("self_employed", "个体工商户"),
            ("cooperative", "农民专业合作社"),
        ],
    )
    in_city = models.BooleanField("本市用人单位", null=True, blank=True)
    labour_dispatch = models.BooleanField("劳务派遣公司", null=True, blank=True)
    size = models.CharField(
        "规模",
        max_length=20,
        null=True,
        blank=True,
        choices=[
            ("micro", "微型"),
            ("small", "小型"),
            ("medium", "中型"),
            ("large", "大型"),
        ],
    )
    staff = models.IntegerField("职工人数", null=True, blank=True)
    key_group_hires = models.IntegerField("新招用重点群体人数", null=True, blank=True)
    epidemic_hit = models.BooleanField("受疫情影响企业", null=True, blank=True)
    hard_hit_trade = models.BooleanField("属于稳岗补贴适用行业", null=True, blank=True)
    town = models.CharField("街镇代码", max_length=60, blank=True, default="")

    #: The facts in order of the register.
    FACTS: ClassVar[list[str]] = [
        "kind",
        "in_city",
        "labour_dispatch",
        "size",
        "staff",
        "key_group_hires",
        "epidemic_hit",
        "hard_hit_trade",
        "town",
    ]

    class Meta:
        abstract = True
