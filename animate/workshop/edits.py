"""What is moved in the picture, written into the scene's file: a start, a relief's camera.

The file is changed at that place alone, by `animate.scene.yaml.edit`, so that comments and all else
stay as the author wrote them.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from animate.errors import DocumentError, UsageError
from animate.errors import Path as KeyPath
from animate.files import contents
from animate.scene.yaml import MAX_BYTES, Data, parse
from animate.scene.yaml.edit import edited_in_place
from animate.writers import write_by

_LARGEST = 1e300


def version_of(text: str) -> str:
    """What changes when the text of a scene, without its byte order mark, does."""
    return sha256(text.encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Edit:
    """A change of the scene with that `version`: a `start`, or the camera (azimuth, elevation in
    degrees) of the relief at the path `panel`."""

    version: str
    start: tuple[float, float] | None = None
    panel: KeyPath = ()
    camera: tuple[float, float] | None = None

    @classmethod
    def of(cls, sent: Mapping[str, Any]) -> "Edit":
        """The edit that a page sends. Raises UsageError where it is none."""
        match sent:
            case {"version": str(version), "start": [x, y]} if _numbers(x, y):
                return cls(version, start=(float(x), float(y)))
            case {"version": str(version), "panel": [*panel], "camera": [turn, height]} if (
                _numbers(turn, height) and abs(height) <= 90 and abs(turn) <= 36_000
            ):
                if all(isinstance(each, str | int) for each in panel):
                    return cls(version, panel=tuple(panel), camera=(float(turn), float(height)))
            case _:
                pass
        raise UsageError("this is no change of a scene that can be made")

    def applied(self, text: str) -> str:
        """`text` with the change. Raises UsageError where it cannot be made in its place."""
        document = parse(text)
        data = deepcopy(document.data)
        if not isinstance(data, dict):
            raise UsageError("the scene is no mapping; write it by hand")
        path = self._start(data) if self.start else self._camera(data)
        changed = edited_in_place(text, data, [path])
        if changed is None:
            raise UsageError(
                f"{'.'.join(map(str, path))} cannot be changed without touching more of the file, "
                "as where an anchor repeats it; write it by hand"
            )
        return changed

    def _start(self, data: dict[str, Data]) -> KeyPath:
        assert self.start is not None
        data["start"] = [*self.start]
        return ("start",)

    def _camera(self, data: dict[str, Data]) -> KeyPath:
        assert self.camera is not None
        *above, key = self.panel
        place: Any = data
        try:
            for each in above:
                place = place[each]
            found = place[key]
        except (KeyError, IndexError, TypeError):
            found = None
        match found:
            case "relief" | {"relief": None}:
                options: dict[str, Any] = {}
            case {"relief": {} as options}:
                pass
            case _:
                raise UsageError("there is no relief at that place of the scene any more")
        azimuth, elevation = self.camera
        place[key] = {"relief": {**options, "azimuth": azimuth, "elevation": elevation}}
        return self.panel


def write(scene: Path, edit: Edit) -> None:
    """Change the scene's file, whole or not at all.

    Raises UsageError where it is another text than the one that the picture was made of.
    """
    path = scene.resolve()
    if path.parent != scene.parent.resolve():
        raise UsageError("the scene is a link to a file elsewhere, which is not changed from here")
    mark, text = _read(path, edit)
    try:
        changed = edit.applied(text)
    except DocumentError:
        raise UsageError("the scene has a mistake; mend it first") from None

    def save(place: Path) -> None:
        place.write_bytes((mark + changed).encode())
        _read(path, edit)  # as late as may be

    write_by(save, path)


def _read(path: Path, edit: Edit) -> tuple[str, str]:
    """A byte order mark, if there is one, and the text after it. Raises UsageError where it is
    not the text that the edit was made for."""
    whole = contents(path, MAX_BYTES).decode(errors="replace")
    text = whole.removeprefix("\ufeff")
    if version_of(text) != edit.version:
        raise UsageError("the file has changed meanwhile; move it once more")
    return whole[: len(whole) - len(text)], text


def _numbers(*values: object) -> bool:
    return all(
        isinstance(each, int | float) and not isinstance(each, bool) and abs(each) <= _LARGEST
        for each in values
    )
