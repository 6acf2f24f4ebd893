"""A clip as one block of bytes that the page unpacks: a head in JSON, then segments of pictures.

The block begins with the length of its head, uint32 little-endian.
"""

import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from animate.figure.clip import Clip, Frame, changed
from animate.figure.player import Player
from animate.figure.reading import Plane, Reading
from animate.writers.export import Provenance
from animate.writers.page.facts import facts_of, numbers_of
from animate.writers.page.parts import about
from animate.writers.page.pictures import FAST, MOST, Pictures, Segment
from animate.writers.palette import Palette

_COLOURS = 255
_DRAFT = 3
"""Pictures of a draft."""


def draft(player: Player, more: Mapping[str, Any]) -> bytes:
    """A few pictures of the whole clip, the last one among them."""
    count = player.count
    stride = max(1, -(-(count - 1) // (_DRAFT - 1)))
    chosen = [*range(0, count - 1, stride), count - 1]
    drawn = [player.picture(frame) for frame in chosen]
    whole = Provenance(None, {}).clip(player)
    clip = replace(
        whole,
        frames=len(chosen),
        fps=whole.fps / stride,
        picture=drawn.__getitem__,
        duration=max(whole.duration, len(chosen) * stride / whole.fps),
    )
    told = _thinned(player.reading(), chosen)
    return packed(clip, _frames(drawn), told, {**more, "quality": "draft"})


def whole(player: Player, frames: Iterable[Frame], more: Mapping[str, Any]) -> bytes:
    """All of the clip; `frames` are those of the player."""
    return packed(
        Provenance(None, {}).clip(player), frames, player.reading(), {**more, "quality": "full"}
    )


def packed(clip: Clip, frames: Iterable[Frame], told: Reading, more: Mapping[str, Any]) -> bytes:
    """The block of a clip; `more` stands in its head beside what a page is told anyway. What takes
    it is on the same machine: time matters more than room."""
    palette, pictures = Palette(clip, _COLOURS), Pictures(clip.width, clip.height, MOST, FAST)
    added = (pictures.add(palette.indices(each.rgba), each.changed) for each in frames)
    done: list[Segment] = [each for each in added if each is not None]
    done.append(pictures.close())
    head = {
        "facts": facts_of(clip, told, palette.colors),
        "numbers": json.loads(numbers_of(told)),
        "about": about(clip, told),
        "cameras": [
            {
                "box": each.box,
                "panel": each.place,
                "angles": [each.azimuth, each.elevation],
            }
            for each in told.cameras
        ],
        "segments": [[each.first, each.count, len(each.data)] for each in done],
        **more,
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join([struct.pack("<I", len(text)), text, *(each.data for each in done)])


def _frames(drawn: Sequence[Any]) -> Iterator[Frame]:
    height, width = drawn[0].shape[:2]
    yield Frame(drawn[0], (0, 0, width, height))
    for before, rgba in pairwise(drawn):
        yield Frame(rgba, changed(before, rgba))


def _thinned(told: Reading, chosen: Sequence[int]) -> Reading:
    """What is told of the `chosen` frames alone."""

    def at(frame: int) -> int:
        return next(k for k, each in enumerate(chosen) if each >= frame)

    planes = [
        Plane(each.box, [each.windows[min(k, len(each.windows) - 1)] for k in chosen])
        for each in told.planes
    ]
    return replace(
        told,
        steps=[told.steps[k] for k in chosen],
        stops=[(at(frame), text) for frame, text in told.stops],
        planes=planes,
    )
