"""The API described: as an OpenAPI document, and as the tables of a page."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from wenye.web.api.assembly import api
from wenye.web.api.problems import PROBLEM


def document() -> dict[str, Any]:
    """The OpenAPI document, told as it is: refusals are problems, and what headers there are."""
    found: dict[str, Any] = json.loads(_written())
    return found


@lru_cache(maxsize=1)
def _written() -> str:
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/")))
    for operations in found["paths"].values():
        for method, operation in operations.items():
            _described(method, operation)
    return json.dumps(found, ensure_ascii=False)


def _described(method: str, operation: dict[str, Any]) -> None:
    parameters = operation.setdefault("parameters", [])
    if method == "post":
        parameters.append(
            _header(
                "Idempotency-Key",
                "同一请求只办一次；重发时用同一个键 / a call is done once under one key",
            )
        )
    parameters.append(
        _header(
            "Person-Reference",
            "身份为“个人”的密钥：代谁办理 / in whose name a citizen's client calls",
        )
    )
    for status, answer in operation["responses"].items():
        if int(status) >= 400:
            body = answer["content"].pop("application/json")
            answer["content"][PROBLEM] = body
            answer["description"] = "拒绝 / refused"


def _header(name: str, says: str) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "required": False,
        "description": says,
        "schema": {"type": "string", "maxLength": 200 if name == "Idempotency-Key" else 400},
    }


def described() -> list[dict[str, Any]]:
    """Every operation as a page shows it: fields of what is sent and of what is answered."""
    whole = document()
    forms = whole["components"]["schemas"]
    found = []
    for path, operations in whole["paths"].items():
        for method, operation in operations.items():
            sent = operation.get("requestBody", {}).get("content", {})
            answered = operation["responses"].get("200", {}).get("content", {})
            found.append(
                {
                    "id": operation["operationId"],
                    "method": method.upper(),
                    "path": path,
                    "summary": operation["summary"],
                    "says": operation.get("description", ""),
                    "group": (operation.get("tags") or [""])[0],
                    "parameters": [
                        {
                            "name": each["name"],
                            "where": each["in"],
                            "required": each.get("required", False),
                            "kind": _kind(each["schema"]),
                            "says": each.get("description", ""),
                        }
                        for each in operation["parameters"]
                    ],
                    "sent": _fields(_form(sent), forms),
                    "answered": _fields(_form(answered), forms),
                }
            )
    return found


def _form(content: dict[str, Any]) -> dict[str, Any]:
    form: dict[str, Any] = content.get("application/json", {}).get("schema", {})
    return form


def _fields(form: dict[str, Any], forms: dict[str, Any], before: str = "") -> list[dict[str, Any]]:
    """The form's fields, those of a form within it indented by their path."""
    if form.get("type") == "array":
        return _fields(form["items"], forms, f"{before}[].")
    if "anyOf" in form:
        form = next((each for each in form["anyOf"] if each.get("type") != "null"), {})
    if "$ref" in form:
        form = forms[form["$ref"].rsplit("/", 1)[1]]
    found = []
    for name, field in form.get("properties", {}).items():
        path = f"{before}{name}"
        found.append(
            {
                "name": path,
                "kind": _kind(field),
                "required": name in form.get("required", ()),
                "says": field.get("description", ""),
            }
        )
        if path.count(".") < 2:
            inner = _fields(field, forms, f"{path}.") if _nested(field) else []
            found += inner
    return found


def _nested(field: dict[str, Any]) -> bool:
    text = json.dumps(field)
    return "$ref" in text


def _kind(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return "object"
    if "anyOf" in field:
        return " | ".join(_kind(each) for each in field["anyOf"])
    if "enum" in field:
        return " | ".join(str(each) for each in field["enum"])
    if field.get("type") == "array":
        return f"[{_kind(field.get('items', {}))}]"
    return str(field.get("format") or field.get("type") or "any")
