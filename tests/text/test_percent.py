"""Percent in the texts of scenes and pages: 18% in English, with a no-break space in Russian."""

import re
from pathlib import Path

import pytest

from animate.scene.load import read

ROOT = Path(__file__).parents[2]
SCENES = sorted((ROOT / "scenes").rglob("*.yaml"))
PAGES = sorted((ROOT / "docs").rglob("*.md"))
RIGHT = {"en": re.compile(r"\d%"), "ru": re.compile("\\d\N{NO-BREAK SPACE}%")}
ANY = re.compile(r"\d\s*%")


@pytest.mark.parametrize("language", RIGHT)
def test_percent_is_written_in_one_way(language):
    texts = {
        path: text
        for path in SCENES
        for _, text in read(path, [f"style.language={language}"]).scene.texts()
        if not (language == "en" and re.search("[а-я]", text))
    }
    russian = language == "ru"
    texts |= {each: each.read_text() for each in PAGES if each.name.endswith(".ru.md") == russian}
    written = {path: ANY.findall(text) for path, text in texts.items()}
    assert sum(map(len, written.values())) > 10
    for path, found in written.items():
        assert all(RIGHT[language].fullmatch(each) for each in found), path
