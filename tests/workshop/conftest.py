"""What tests of the workshop share: a folder with scenes, and a client of their server."""

import json
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import decompress

import numpy as np
import pytest
from starlette.testclient import TestClient

from animate.workshop.server import application
from animate.workshop.workshop import Workshop
from tests.writers.conftest import browser
from tests.writers.pages import decoded

__all__ = ["browser"]

SCENE = """\
# A race to be played with.
surface: sphere   # x² + y²
optimizers: [{name: sgd, learning_rate: 0.1}, {name: momentum, learning_rate: 0.05}]
start: [2.0, 1.0]  # on the right
steps: 12
timing: {seconds: 1, fps: 12, hold: 0.5}
style: {size: [240, 180], annotate: none}
"""
TOKEN, PORT = "a-token-of-tests", 8000


@dataclass
class Site:
    """A workshop with its folder, and a client of its server."""

    folder: Path
    workshop: Workshop
    client: TestClient

    @property
    def scene(self) -> Path:
        return self.folder / "race.yaml"

    def save(self, text: str) -> None:
        self.scene.write_text(text, encoding="utf-8")
        self.workshop.saved([self.scene.resolve()])

    def get(self, path: str, scene: str = "race.yaml", **more: Any) -> Any:
        headers = more.pop("headers", {})
        return self.client.get(f"/{TOKEN}/{path}", params={"scene": scene, **more}, headers=headers)

    def post(self, path: str, content: Any, scene: str = "race.yaml") -> Any:
        return self.client.post(f"/{TOKEN}/{path}", params={"scene": scene}, json=content)

    def until(self, holds: Callable[[Any], bool], scene: str = "race.yaml") -> Any:
        """The state of a scene once that holds."""
        for _ in range(1200):
            state = self.workshop.state(scene)
            if holds(state):
                return state
            time.sleep(0.05)
        raise TimeoutError(state)

    def drawn(self, scene: str = "race.yaml") -> "Drawn":
        """The full picture of a scene, once it is there and nothing more is to come."""
        self.until(lambda state: state["quality"] == "full" and not state["drawing"], scene)
        return drawn(self.get("picture", scene).content)


@dataclass
class Drawn:
    """What a page finds in a picture: its head, and the pictures [frame, height, width, 3]."""

    head: dict[str, Any]
    pictures: np.ndarray


def drawn(data: bytes) -> Drawn:
    (length,) = struct.unpack("<I", data[:4])
    head, at = json.loads(data[4 : 4 + length]), 4 + length
    facts, indices = head["facts"], []
    for _, _, size in head["segments"]:
        indices.append(decoded(decompress(data[at : at + size]), facts["width"], facts["height"]))
        at += size
    assert at == len(data)
    palette = np.frombuffer(bytes.fromhex(facts["palette"]), np.uint8).reshape(-1, 3)
    return Drawn(head, palette[np.concatenate(indices)])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("scenes")
    (folder / "race.yaml").write_text(SCENE, encoding="utf-8")
    (folder / "other.yaml").write_text(SCENE.replace("sphere ", "saddle "), encoding="utf-8")
    (folder / "secret.txt").write_text("nobody's")
    workshop = Workshop([folder])
    app = application(workshop, TOKEN, PORT)
    with TestClient(app, base_url=f"http://127.0.0.1:{PORT}") as client:
        yield Site(folder, workshop, client)
    workshop.close()


@pytest.fixture
def mended(site: Site) -> Iterator[Site]:
    """A site whose scene is as it was in the beginning, before and after."""
    site.save(SCENE)
    site.drawn()
    yield site
    site.save(SCENE)
