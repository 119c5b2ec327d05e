"""Model fields that are sealed in the database and plain in memory."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models

from wenye.services.security.sealing import blind, seal, unseal

if TYPE_CHECKING:
    _Text = models.TextField[Any, Any]
    _Char = models.CharField[Any, Any]
else:
    _Text = models.TextField
    _Char = models.CharField


class SealedTextField(_Text):
    """Text encrypted with SM4-GCM. It cannot be searched: a blind index beside it can."""

    @property
    def _place(self) -> str:
        return f"{self.model._meta.label_lower}.{self.attname}"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Decrypt."""
        return value if value is None or value == "" else self._opened(unseal(value, self._place))

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt."""
        value = self._closed(value)
        return value if value is None or value == "" else seal(value, self._place)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is a value can be asked."""
        if lookup_name != "isnull":
            raise FieldError(f"{self._place} is sealed: search its blind index")
        return super().get_lookup(lookup_name)

    def _opened(self, text: str) -> Any:
        return text

    def _closed(self, value: Any) -> str | None:
        return None if value is None else str(value)


class SealedJSONField(SealedTextField):
    """Plain data encrypted as JSON."""

    if TYPE_CHECKING:
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def _opened(self, text: str) -> Any:
        return json.loads(text)

    def _closed(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def to_python(self, value: Any) -> Any:
        """As it is: only the database holds text."""
        return value


class BlindIndexField(_Char):
    """The blind index of a sealed field beside it (``of``): written with it, found by ``blinds``.

    It is made from the sealed field whenever the row is saved, so a save with ``update_fields``
    names both.
    """

    def __init__(self, of: str = "", **options: Any) -> None:
        self.of = of
        options.setdefault("max_length", 64)
        options.setdefault("null", True)
        options.setdefault("editable", False)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        """As migrations write it."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    @property
    def place(self) -> str:
        """The column that the index is bound to."""
        return f"{self.model._meta.label_lower}.{self.of}"

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The index of what is being saved."""
        value = getattr(model_instance, self.of)
        made = blind(str(value), self.place) if value else None
        setattr(model_instance, self.attname, made)
        return made
