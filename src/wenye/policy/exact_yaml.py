"""YAML read exactly: no floats, no silent conversions, no double keys, every line remembered.

Plain YAML turns 0.1 into a binary fraction, ``010`` into eight, ``1:30`` into ninety, ``no`` into
false, and keeps the last of two equal keys. Here a plain scalar is one of::

    2000 → int · 10.5 → Decimal · 2020-08-03 → date · true/false → bool · empty, null or ~ → None

and anything else is text. Mappings and lists remember their lines, so that a refusal names one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import yaml

from wenye.policy.errors import PolicyError
from wenye.rules.errors import did_you_mean

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REQUIRED: Any = object()
#: A line folded between two Chinese characters leaves a space that nobody wrote.
_FOLD = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])")


class Block(dict[Any, Any]):
    """A mapping that knows its file and the line of each key, and reads its fields strictly."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[Any, int] = {}
        #: The line of each item, of the keys that hold a list.
        self.item_lines: dict[Any, list[int]] = {}

    def where(self, key: Any = None) -> str:
        """``file:line`` of a key, or of the block."""
        return f"{self.file}:{self.lines.get(key, self.line)}"

    def where_item(self, key: Any, place: int) -> str:
        """``file:line`` of an item of the list that a key holds; its place counts from 0."""
        lines = self.item_lines.get(key, [])
        return f"{self.file}:{lines[place]}" if place < len(lines) else self.where(key)

    def refuse(self, what: str, key: Any = None, mend: str = "") -> PolicyError:
        """An error at a key of this block."""
        return PolicyError(what, where=self.where(key), mend=mend)

    def only(self, *known: str) -> None:
        """Refuse keys that nobody would read."""
        for key in self:
            if key not in known:
                raise self.refuse(
                    f"unknown key {key!s}", key, did_you_mean(str(key), known) or "delete it"
                )

    def _get(self, key: str, default: Any) -> Any:
        value = self.get(key)
        if value is None:
            if default is _REQUIRED:
                raise self.refuse(f"{key} is missing", None, f"add a line  {key}: …")
            return default
        return value

    def text(self, key: str, default: Any = _REQUIRED) -> str:
        """A text; a number or a date is refused, since its writing would be guessed."""
        value = self._get(key, default)
        if not isinstance(value, str):
            raise self.refuse(f"{key}: {value} is not a text", key, f'put it in quotes: "{value}"')
        return _FOLD.sub("", value.strip())

    def whole(self, key: str, default: Any = _REQUIRED) -> int | None:
        """A whole number."""
        value = self._get(key, default)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise self.refuse(f"{key}: {value} is not a whole number", key)
        return value

    def day(self, key: str, default: Any = _REQUIRED) -> dt.date | None:
        """A calendar day."""
        value = self._get(key, default)
        return None if value is None else as_day(value, key, self)

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self.refuse(f"{key}: {value} is neither true nor false", key)
        return value

    def block(self, key: str, default: Any = _REQUIRED) -> Block:
        """A mapping."""
        value = self._get(key, default)
        if not isinstance(value, Block):
            raise self.refuse(f"{key} is not a mapping", key, f"{key}:  then indented  name: value")
        return value

    def blocks(self, key: str) -> list[Block]:
        """A list of mappings; missing or empty is an empty list."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, Block) for item in value):
            raise self.refuse(f"{key} is not a list of mappings", key, "begin each with  - name: …")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; missing or empty is none."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.refuse(f"{key} is not a list of texts", key, f'{key}: ["…", "…"]')
        return tuple(value)


def as_day(value: Any, key: Any, block: Block) -> dt.date:
    """``value`` as a calendar day: written 2020-08-03, in quotes or not."""
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise block.refuse(f"there is no day {value}", key) from None
    raise block.refuse(
        f"{value} is not a day", key, "write the day as 2020-08-03; if no day is certain: undated"
    )


class _Loader(_Base):  # type: ignore[misc]
    """Safe loading with exact scalars and remembered lines."""

    yaml_implicit_resolvers: ClassVar[Any] = {}
    yaml_constructors: ClassVar[Any] = {}
    file = ""

    def where(self, node: yaml.Node) -> str:
        return f"{self.file}:{node.start_mark.line + 1}"


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Block:
    block = Block(loader.file, node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if isinstance(key, list | dict):
            raise PolicyError("a key that is no name", where=loader.where(key_node))
        if key in block:
            raise PolicyError(
                f"{key} stands twice (first in line {block.lines[key]})",
                where=loader.where(key_node),
                mend="keep one of the two",
            )
        block[key] = loader.construct_object(value_node, deep=True)
        block.lines[key] = line
        if isinstance(value_node, yaml.SequenceNode):
            block.item_lines[key] = [item.start_mark.line + 1 for item in value_node.value]
    return block


def _sequence(loader: _Loader, node: yaml.SequenceNode) -> list[Any]:
    return [loader.construct_object(item, deep=True) for item in node.value]


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(node.value)


def _int(loader: _Loader, node: yaml.ScalarNode) -> int:
    return int(node.value)


def _date(loader: _Loader, node: yaml.ScalarNode) -> dt.date:
    try:
        return dt.date.fromisoformat(node.value)
    except ValueError:
        raise PolicyError(f"there is no day {node.value}", where=loader.where(node)) from None


def _refuse_tag(loader: _Loader, node: yaml.Node) -> Any:
    raise PolicyError(
        f"the tag {node.tag.replace('tag:yaml.org,2002:', '!!')} is not read here",
        where=loader.where(node),
        mend="write the plain value",
    )


_SCALARS: tuple[tuple[str, str, Any], ...] = (
    ("null", r"(?:~|null|)", lambda loader, node: None),
    ("bool", r"(?:true|false)", lambda loader, node: node.value == "true"),
    ("int", r"-?(?:0|[1-9][0-9]*)", _int),
    ("float", r"-?(?:0|[1-9][0-9]*)\.[0-9]+", _decimal),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", _date),
)
for _tag, _pattern, _construct in _SCALARS:
    # Tags of our own: an explicit !!float or !!int finds no constructor, and is refused.
    _full = f"tag:wenye:{_tag}"
    _Loader.add_implicit_resolver(_full, re.compile(rf"^{_pattern}$"), None)
    _Loader.add_constructor(_full, _construct)
_Loader.add_constructor("tag:yaml.org,2002:str", lambda loader, node: node.value)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:seq", _sequence)
_Loader.add_constructor(None, _refuse_tag)


def read_text(path: Path) -> str:
    """A UTF-8 file, or a refusal that says why it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PolicyError("the file is missing", where=str(path)) from None
    except UnicodeDecodeError as error:
        raise PolicyError(
            f"not UTF-8 (byte {error.start})", where=str(path), mend="save the file as UTF-8"
        ) from None
    except OSError as error:
        raise PolicyError(f"cannot be read: {error.strerror}", where=str(path)) from None


def read_yaml(path: Path) -> Block:
    """The mapping that a YAML file holds; an empty file is an empty mapping."""
    file = str(path)
    loader = _Loader(read_text(path))
    loader.file = file
    try:
        value = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PolicyError(
            f"not readable as YAML: {error.problem or error.context}",
            where=f"{file}:{mark.line + 1}" if mark else file,
            mend="check brackets, quotes and the indentation above this line",
        ) from None
    except yaml.YAMLError as error:
        raise PolicyError(f"not readable as YAML: {error}", where=file) from None
    finally:
        loader.dispose()
    if value is None:
        return Block(file, 1)
    if not isinstance(value, Block):
        raise PolicyError("the file is no mapping of names", where=f"{file}:1")
    return value


def yaml_files(folder: Path) -> Iterable[Path]:
    """The ``.yaml`` files of a folder in order of name; a ``.yml`` beside them is refused."""
    if not folder.is_dir():
        return []
    for path in folder.glob("*.yml"):
        raise PolicyError("a .yml file would be passed over", where=str(path), mend="name it .yaml")
    return sorted(folder.glob("*.yaml"))
