"""What tests share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder ``shared`` that lies beside the repository on the developers' machines."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(
            "the folder 'shared' is not beside this repository, so what is compared with its files is not tested"
        )
    return folder
