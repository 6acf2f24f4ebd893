"""A browser for the tests of this folder."""

import shutil
from collections.abc import Iterator

import pytest

from tests.chromium import Browser, free_port


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    driver = shutil.which("chromedriver")
    if driver is None or not (shutil.which("chromium") or shutil.which("google-chrome")):
        pytest.skip("Chromium and its driver are not installed (Debian: chromium chromium-driver)")
    browser = Browser(driver, free_port())
    yield browser
    browser.quit()
