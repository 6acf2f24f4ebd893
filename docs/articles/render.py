"""Renders the figures that the pages of this folder name, each from its scene.

    python docs/articles/render.py [PAGE…]

A page is `NAME.LANGUAGE.md`; without one, all are meant. The figure
`figures/LANGUAGE/FOLDER/NAME.png` is the last frame of `scenes/FOLDER/NAME.yaml`, in that
language. What is up to date is left alone.
"""

import re
import subprocess
import sys
from pathlib import Path

import animate
from animate.errors import AnimateError
from animate.writers.source import read_source

HERE = Path(__file__).parent
SCENES = HERE.parents[1] / "scenes"
_FIGURE = re.compile(r"!\[[^\]]*\]\((figures/([a-z]+)/([\w/]+)\.png)\)")


def figures(page: Path) -> dict[Path, tuple[str, Path]]:
    """The language and the scene of every figure that the page names, in its order."""
    found = _FIGURE.findall(page.read_text(encoding="utf-8"))
    return {
        HERE / target: (language, SCENES / f"{scene}.yaml") for target, language, scene in found
    }


def is_current(target: Path, language: str, scene: Path) -> bool:
    """Whether the figure was made by this version of the program from this very scene."""
    try:
        inside = read_source(target)
    except AnimateError:
        return False
    wanted = animate.read(scene, settings=[f"style.language={language}"]).to_yaml()
    return (inside.text, inside.version) == (wanted, animate.__version__)


def render(target: Path, language: str, scene: Path) -> int:
    """Write one figure unless it is up to date; 0, or what the program ends with."""
    if is_current(target, language, scene):
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "animate", "still", str(scene), "-o", str(target)]
    return subprocess.run([*command, "--set", f"style.language={language}"], check=False).returncode


def main(pages: list[Path]) -> int:
    """Render every figure of the pages; 1 if one failed, which stops no other."""
    work = {
        target: made
        for page in pages or sorted(HERE.glob("*.*.md"))
        for target, made in figures(page).items()
    }
    return max([min(render(target, *made), 1) for target, made in work.items()], default=0)


if __name__ == "__main__":
    sys.exit(main([Path(each) for each in sys.argv[1:]]))
