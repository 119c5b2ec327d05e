"""Every address of the service: which page it is, and what its parts may be.

An address with parts needs examples: ``ARGUMENTS`` says where they come from, by page and name, by
area and name, or by name alone. A page without examples fails the tests that walk over all pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

#: Addresses that are no pages of the access table: the way in and out, and how pages look.
WITHOUT_A_PAGE = frozenset(
    {"letters", "language", "accounts:login", "accounts:logout", "health", "api:callback"}
)


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its name with namespaces, the page it is, and the names of its parts."""

    name: str
    page_id: str | None
    parts: tuple[str, ...]
    callback: Callable[..., Any]

    @property
    def is_operation(self) -> bool:
        """Whether it is an operation of the API."""
        return getattr(self.callback, "operation", False)

    def made(self, most: int | None = None) -> Iterator[tuple[str, dict[str, object]]]:
        """The address with every combination of examples, at most ``most`` of them."""
        if self.page_id in TOGETHER:
            chosen_parts: Iterable[tuple[object, ...]] = TOGETHER[self.page_id]()
        else:
            chosen_parts = product(
                *(list(islice(self._examples(part), most)) for part in self.parts)
            )
        for chosen in islice(chosen_parts, most):
            kwargs = dict(zip(self.parts, chosen, strict=True))
            yield reverse(self.name, kwargs=kwargs), kwargs

    def made_up(self) -> str:
        """The address with parts that nothing has."""
        tries: tuple[object, ...] = (2_000_000_000, "none-such", "2026-01")
        for chosen in product(tries, repeat=len(self.parts)):
            with suppress(NoReverseMatch):
                return reverse(self.name, kwargs=dict(zip(self.parts, chosen, strict=True)))
        raise AssertionError(f"{self.name}: no made-up address fits")

    def _examples(self, part: str) -> Iterable[object]:
        return iter(argument(self, part)())


def addresses() -> list[Address]:
    """All of them."""
    return list(_walked(get_resolver(), ()))


def _walked(resolver: URLResolver, before: tuple[str, ...]) -> Iterator[Address]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = (*before, each.namespace) if each.namespace else before
            yield from _walked(each, inner)
        elif isinstance(each, URLPattern):
            name = ":".join((*before, each.name or ""))
            page_id = getattr(each.callback, "page_id", None)
            parts = tuple(each.pattern.converters)
            yield Address(name, page_id, parts, each.callback)


def argument(address: Address, part: str) -> Callable[[], Iterable[object]]:
    """Where examples of a part come from; KeyError where nobody has said."""
    area = (address.page_id or address.name.replace(":", ".")).split(".")[0]
    for key in (f"{address.page_id}:{part}", f"{area}:{part}", part):
        if key in ARGUMENTS:
            return ARGUMENTS[key]
    raise KeyError(
        f"{address.name} ({address.page_id}): no examples of “{part}”; add them to ARGUMENTS"
    )


def _of(label: str, column: str = "pk", **narrowed: object) -> Callable[[], Iterable[object]]:
    """Values of a model's column, the newest first."""

    def values() -> Iterable[object]:
        from django.apps import apps

        rows = apps.get_model(label).objects.filter(**narrowed)
        return list(rows.order_by(f"-{column}").values_list(column, flat=True)[:2000])

    return values


def _schemes() -> Iterable[object]:
    from wenye.services.decisions.district import district

    return district().scheme_ids


def _case_types() -> Iterable[object]:
    from wenye.services.cases.types import case_types

    return list(case_types())


def _ledgers() -> Iterable[object]:
    from wenye.services.followup.content import content

    return list(content().ledgers)


def _of_cases(label: str) -> Callable[[], Iterable[tuple[object, ...]]]:
    """Numbers of cases with the keys of what lies in each."""

    def values() -> Iterable[tuple[object, ...]]:
        from django.apps import apps

        rows = apps.get_model(label).objects.order_by("-pk")
        return list(rows.values_list("case__number", "pk")[:2000])

    return values


#: Parts that only go together.
TOGETHER: dict[str | None, Callable[[], Iterable[tuple[object, ...]]]] = {
    "cases.attachment": _of_cases("cases.Attachment"),
    "cases.letter": _of_cases("cases.Letter"),
    "cases.letter_file": _of_cases("cases.Letter"),
}
_BATCH, _RECOVERY, _SAMPLE = _of("money.Batch"), _of("money.Recovery"), _of("money.Sample")
ARGUMENTS: dict[str, Callable[[], Iterable[object]]] = {
    "scheme": _schemes,
    "scheme_id": _schemes,
    "key": _of("people.Person"),
    "people.employer:key": _of("people.Employer"),
    **{
        f"people.{name}:pk": _of("people.Import")
        for name in (
            *("import", "import_rejected", "import_adopt", "import_discard", "import_undo"),
        )
    },
    "people:pk": _of("people.Correction"),
    "audit.entry:pk": _of("audit.Entry"),
    "audit:pk": _of("decisions.UsedDecision"),
    "policy:pk": _of("decisions.ProposedValue"),
    "cases:number": _of("cases.Case", "number"),
    "cases:pk": _of("cases.Attachment"),
    "cases:case_type": _case_types,
    "offers:pk": _of("offers.Offer"),
    "offers.run:pk": _of("offers.Run"),
    **{f"money.{name}:pk": _BATCH for name in ("batch", "approve", "send", "discard", "drop")},
    "money.return_file:pk": _of("money.ReturnFile"),
    "money.suspense:pk": _of("money.ReturnRow"),
    **{f"money.recovery{name}:pk": _RECOVERY for name in ("", "_decide", "_plan", "_receive")},
    "money.fund_decide:pk": _of("money.FundChange"),
    "money.handover_file:pk": _of("money.HandOver"),
    "money.sample:pk": _SAMPLE,
    "money.sample_find:pk": _of("money.SampledPayment"),
    "followup.ledger:which": _ledgers,
    "followup:number": _of("followup.Finding"),
    "followup.sample_result:number": _of("followup.Sample"),
    "followup.recontact:number": _of("followup.Recontact"),
    "followup.correct:number": _of("followup.Contact"),
    "api:client": _of("portal.ApiClient"),
    "api:message": _of("portal.Outgoing"),
    "oidc:link": _of("portal.LinkedIdentity"),
}
