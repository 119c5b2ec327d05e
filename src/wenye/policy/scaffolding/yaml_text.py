"""A district's YAML as it is written by the scaffold: read back, it is what was put in.

Document text goes in as data only, and the writer quotes what would read as something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml

#: As the loader folds.
_FOLD = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])")
_NO_SIGN = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


_Base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_Base):  # type: ignore[misc]
    """Plain blocks, in the order given, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _decimal(dumper: Any, value: Decimal) -> Any:
    if value == value.to_integral_value():
        return dumper.represent_int(int(value))
    return dumper.represent_scalar("tag:yaml.org,2002:float", f"{value.normalize():f}")


_Dumper.add_representer(Decimal, _decimal)


def yaml_text(data: Mapping[str, Any], head: str) -> str:
    """``data`` as YAML under a comment; texts are tidied as the loader would tidy them."""
    comment = "".join(f"# {line}\n" for line in head.splitlines())
    body = yaml.dump(
        _tidied(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000
    )
    return comment + body


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, Mapping):
        return {_tidied(key): _tidied(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_tidied(item) for item in value]
    return value


def tidy(text: str) -> str:
    """The text on one line, without blanks between Chinese characters and what is no sign."""
    return _FOLD.sub("", " ".join(_NO_SIGN.sub("", text).split()))
