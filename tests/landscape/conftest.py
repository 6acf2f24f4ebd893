"""What the tests of this folder share: a small picture, and a cache of their own."""

import pytest

SMALL_PICTURE = """
style: {size: [480, 360]}
timing: {seconds: 1, fps: 2}
"""


@pytest.fixture(autouse=True)
def no_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path / "cache"))
