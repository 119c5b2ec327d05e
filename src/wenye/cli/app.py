"""Where the command begins and how it ends: arguments in, exit code out, never a traceback.

Exit codes: 0 done, 1 the input was refused (or the program failed), 2 wrong usage, 130 stopped with
Ctrl-C, 141 the reader of the output went away. ``WENYE_DEBUG=1`` shows where an error came from.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

from wenye.cli.refusals import explain

DONE, REFUSED, INTERRUPTED, UNREAD = 0, 1, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; ``arguments`` are those after the program's name."""
    try:
        _survive_narrow_encodings()
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        # A full disk or a reader that has gone shows itself only when the output leaves.
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("\n已停止 / stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _release_output()
        return UNREAD
    except SystemExit:
        raise
    except BaseException as error:
        # BaseException: a panic in compiled code is not an Exception, and is no less our fault.
        if os.environ.get("WENYE_DEBUG") == "1":
            traceback.print_exception(error)
        print(explain(error), file=sys.stderr)
        _release_output()
        return REFUSED
    return code


def _run(arguments: list[str]) -> int:
    """Parse and invoke; wrong usage is told in the command's own words."""
    import typer

    from wenye.cli.commands import command

    try:
        with command().make_context("wenye", arguments) as context:
            context.command.invoke(context)
    except typer.Exit as exit_:
        return exit_.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except typer.TyperException as error:
        _tell_usage(error)
        return error.exit_code
    return DONE


def _tell_usage(error: Exception) -> None:
    """Say what was wrong with the call; nothing where its help has been shown already."""
    message = str(getattr(error, "format_message", error.__str__)())
    if not message:
        return
    context = getattr(error, "ctx", None)
    path = getattr(context, "command_path", "wenye")
    print(f"用法有误 / wrong usage: {message}", file=sys.stderr)
    print(f"  办法 / mend: {path} --help", file=sys.stderr)


def _survive_narrow_encodings() -> None:
    """Let a terminal without Chinese show escapes rather than end the run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _release_output() -> None:
    """Let out what standard output still holds; where it cannot, see that it fails only once."""
    try:
        sys.stdout.flush()
        return
    except OSError:
        pass
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass  # standard output is not a file here: there is nothing to lose
