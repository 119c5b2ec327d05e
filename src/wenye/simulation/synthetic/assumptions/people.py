"""Ages, household registration, schooling and provinces of the invented people."""

from __future__ import annotations

from typing import Final

YOUNGEST: Final = 16
OLDEST: Final = 65
#: Share of each five-year age group from 16-20 up.
AGE_GROUPS: Final = (5.0, 8.5, 11.5, 13.0, 12.5, 11.0, 10.5, 10.5, 9.5, 8.0)
MALE: Final = 0.52
HUKOU: Final = (0.46, 0.18, 0.36)  # this district, elsewhere in the city, other provinces
CADRE: Final = 0.4  # of women
OFFICER: Final = 0.025
FOUNDER_IS_OFFICER: Final = 0.85
#: Usual age at leaving work: men, women in cadre posts, women workers; and up to so many days more.
LEAVING_AGE: Final = (60, 55, 50)
LEAVING_LATER: Final = 330
UNIT_WEIGHT: Final = (4, 16)  # relative size of a unit, drawn between
#: Months of pension contributions before those on the register: up to this share of the time.
EARLIER_CONTRIBUTIONS: Final = 0.9

# Schooling
GRADUATES: Final = 0.55
GRADUATES_FROM_AGE: Final = 18
GRADUATES_TO_AGE: Final = 26
OLDEST_GRADUATE_HELD: Final = 40
HIGHER_EDUCATION_FROM_AGE: Final = 21
CITY_SCHOOL: Final = 0.6
ORIGIN_OF_RESIDENTS: Final = 0.85  # of graduates registered in the city, with an origin there
CITY: Final = "上海市"
NATIVE_PLACE_IS_ORIGIN: Final = 0.8
#: Provinces of origin, each as often as it stands here.
ORIGINS: Final = (
    "江苏省", "江苏省", "江苏省", "浙江省", "浙江省", "安徽省", "安徽省", "安徽省", "河南省",
    "河南省", "山东省", "湖北省", "湖北省", "湖北省", "湖南省", "江西省", "江西省", "四川省",
    "福建省", "河北省", "山西省", "陕西省", "广东省", "广西壮族自治区", "贵州省", "云南省",
    "重庆市", "辽宁省", "吉林省", "黑龙江省", "甘肃省", "新疆维吾尔自治区", "北京市", "天津市",
)  # fmt: skip
