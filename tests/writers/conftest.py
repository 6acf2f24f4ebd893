"""A browser for the tests of this folder."""

import shutil
from collections.abc import Iterator

import pytest

from tests.chromium import Browser, free_port
from tests.firefox import Firefox


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    driver = shutil.which("chromedriver")
    if driver is None or not (shutil.which("chromium") or shutil.which("google-chrome")):
        pytest.skip("Chromium and its driver are not installed (Debian: chromium chromium-driver)")
    browser = Browser(driver, free_port())
    yield browser
    browser.quit()


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def either(request: pytest.FixtureRequest) -> Iterator[Browser | Firefox]:
    """One browser after the other."""
    if request.param == "chromium":
        yield request.getfixturevalue("browser")
        return
    program = shutil.which("firefox") or shutil.which("firefox-esr")
    if program is None:
        pytest.skip("Firefox is not installed (Debian: firefox-esr)")
    browser = Firefox(program, free_port())
    yield browser
    browser.quit()
