"""Logs as one JSON object a line: what happened, where and how long it took, never to whom."""

from __future__ import annotations

import json
import logging
import traceback


class JsonLines(logging.Formatter):
    """A record as JSON: time, level, logger, event, and the numbers given in ``extra``."""

    #: What a record may carry beside its message.
    ALLOWED = ("page", "method", "status", "milliseconds", "queries", "user", "number", "rows")

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        request = getattr(record, "request", None)
        if request is not None:
            # Django's words about a request end with its address, which somebody may have typed.
            line["event"] = str(record.msg).partition(":")[0]
            line["page"] = page_of(request)
            line["number"] = getattr(request, "number", "")
        for name in self.ALLOWED:
            if hasattr(record, name):
                line[name] = getattr(record, name)
        if record.exc_info and record.exc_info[0] is not None:
            # Where it happened, without the exception's words: they may hold what was typed.
            line["error"] = record.exc_info[0].__name__
            line["trace"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False, default=str)


def page_of(request: object) -> str:
    """The page's id; where it has none, the name of its address, never the address itself."""
    page = getattr(request, "page", None)
    if page is not None:
        return str(page.id)
    match = getattr(request, "resolver_match", None)
    return str(match.view_name) if match is not None else ""
