"""What every test stands on: Hypothesis without deadlines, the real documents where they are."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.service", "tests.running"]

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

BESIDE = Path(__file__).resolve().parent.parent.parent / "shared" / "policy"


@pytest.fixture(scope="session")
def documents_folder() -> Path:
    """The folder of the real documents' texts: no part of the project, and found beside it."""
    named = os.environ.get("WENYE_DOCUMENTS")
    folder = Path(named) if named else BESIDE
    if not (folder / "jiading-2020-6.txt").is_file():
        if named:
            pytest.fail(f"$WENYE_DOCUMENTS names {named}, which holds no jiading-2020-6.txt")
        pytest.skip("the documents' texts are not at hand: name their folder in $WENYE_DOCUMENTS")
    return folder
