"""MP4 and WebM through PyAV: colours converted and tagged, bytes that repeat, exact durations."""

import os
import platform
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np
from annotated_types import Interval

from animate._lazy import lazy
from animate.errors import UsageError
from animate.figure.clip import Clip, Frame
from animate.writers.cover import cover, cover_size
from animate.writers.source import embedded
from animate.writers.writer import Writer, exact, nearest

if TYPE_CHECKING:
    import av
    import av.codec.context
    import av.error
    import av.stream
    import av.video.reformatter
else:
    av = lazy("av")

_BT709 = 1  # ITU-T H.273: primaries, transfer and matrix of BT.709 are all number 1
_LIMITED = 1  # FFmpeg's AVCOL_RANGE_MPEG: 16 to 235
_FULL = 2  # AVCOL_RANGE_JPEG: 0 to 255
_THREADS = 4  # pinned, since x264's bytes depend on their number
_PORTABLE = {"x264-params": "asm=AVX"} if platform.machine() in ("x86_64", "AMD64") else {}
"""x264 (core 165) with AVX-512 gives other bytes at every run where a picture is not a multiple of
128 pixels wide. With AVX, which JAX needs too, they are the same, also on newer processors."""
_FINEST = 1_000_000  # ticks a second

Chroma = Literal[420, 444]
WebmCrf = Annotated[int, Interval(ge=0, le=63)]


class _Video(Writer):
    """What the two containers share: one stream of pictures, the last one repeated for the hold.

    The hold is made of repeated frames because players disagree about a long last one. What is
    shorter than a frame is added to the last.
    """

    def __init__(self, codec: str, pixels: str, options: Mapping[str, str]) -> None:
        super().__init__()
        self._codec, self._pixels, self._options = codec, pixels, dict(options)
        self._container: Any = None

    def _begin(self, clip: Clip, path: Path, kind: str, options: Mapping[str, str]) -> None:
        self._fps, self._end = exact(clip.fps), exact(clip.duration)
        ticks = lcm(self._fps.numerator, self._end.denominator)
        self._base = Fraction(1, ticks if ticks <= _FINEST else _FINEST)
        self._count = max(clip.frames, int(self._end * self._fps))
        self._index, self._first = 0, 0
        self._last: np.ndarray | None = None
        self._held: Any = None
        self._padding = _padding(clip, self._pixels)
        self._interpolation = _interpolation()
        if any(self._padding):
            self.notes.append(
                f"{path.name}: is {clip.width + self._padding[1]}×{clip.height + self._padding[0]} "
                "pixels, since this video format takes only even sizes"
            )
        options = {"fflags": "+bitexact", **options}
        self._container = av.open(str(path), "w", format=kind, options=options)
        if text := embedded(clip):
            self._container.metadata["comment"] = text
        self._stream = self._container.add_stream(
            self._codec, rate=self._fps, options=self._options
        )
        self._set_up(clip)
        with _quiet():
            self._stream.codec_context.open()

    def _set_up(self, clip: Clip) -> None:
        context = self._stream.codec_context
        context.width = clip.width + self._padding[1]
        context.height = clip.height + self._padding[0]
        context.pix_fmt = self._pixels
        context.time_base = self._base
        context.thread_count = _THREADS
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _LIMITED
        context.flags |= av.codec.context.Flags.bitexact

    def add(self, frame: Frame) -> None:
        self._last = frame.rgba
        self._encode(self._last)

    def _encode(self, rgba: np.ndarray) -> None:
        below, right = self._padding
        if below or right:
            rgba = np.pad(rgba, ((0, below), (0, right), (0, 0)), mode="edge")
        picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgba), format="rgba")
        picture = picture.reformat(
            format=self._pixels,
            dst_colorspace=_BT709,
            src_color_range=_FULL,
            dst_color_range=_LIMITED,
            interpolation=self._interpolation,
        )
        picture.pts = self._ticks(self._index / self._fps)
        picture.time_base = self._base
        self._index += 1
        self._mux(self._stream.encode(picture))

    def _ticks(self, seconds: Fraction) -> int:
        return nearest(seconds / self._base)

    def _mux(self, packets: Iterable[Any]) -> None:
        """Each packet waits for the next, since the very last needs a duration of its own."""
        for packet in packets:
            if self._held is None:
                self._first = packet.dts
            else:
                self._container.mux(self._held)
            index = nearest(packet.pts * self._base * self._fps)
            last = index + 1 >= self._count
            until = self._end if last else (index + 1) / self._fps
            packet.duration = self._ticks(until) - packet.pts
            self._held = packet

    def close(self) -> None:
        while self._last is not None and self._index < self._count:
            self._encode(self._last)
        self._mux(self._stream.encode(None))
        if self._held is not None:
            # A track lasts as long as its packets in the order of decoding, not of showing.
            self._held.duration = self._ticks(self._end) - (self._held.dts - self._first)
            self._container.mux(self._held)
        self._container.close()
        self._container = None

    def abort(self) -> None:
        if self._container is not None:
            with suppress(av.error.FFmpegError):  # the end finds the disk full again
                self._container.close()
            self._container = None


class Mp4(_Video):
    """MP4 (H.264): the video that every player, phone and slide program takes.

    The last picture is its cover, which file managers show in place of the first, empty one.
    `crf`: 0 (exact) to 51, lower is better and larger. `chroma`: 444 keeps thin coloured lines
    crisp, but not every player shows it.
    """

    size_reductions: ClassVar = ({"crf": 23}, {"crf": 28}, {"crf": 33})

    def __init__(
        self, *, crf: Annotated[int, Interval(ge=0, le=51)] = 18, chroma: Chroma = 420
    ) -> None:
        _check_crf(crf, 51)
        options = {"preset": "veryfast", "crf": str(crf), **_PORTABLE}
        super().__init__("libx264", f"yuv{chroma}p", options)

    def open(self, clip: Clip, path: Path) -> None:
        scale = str(lcm(exact(clip.fps).numerator, exact(clip.duration).denominator))
        options = {"movflags": "+faststart", "movie_timescale": scale}
        self._begin(clip, path, "mp4", options)
        width, height = cover_size(clip.width, clip.height)
        self._cover = self._container.add_mux_stream("mjpeg", width=width, height=height)
        self._cover.disposition = av.stream.Disposition.attached_pic

    def close(self) -> None:
        if self._last is not None:
            packet = av.Packet(cover(self._last))
            packet.stream, packet.pts, packet.dts, packet.is_keyframe = self._cover, 0, 0, True
            self._container.mux(packet)
        super().close()


class Webm(_Video):
    """WebM (VP9, or AV1): a free video for browsers, small, also on devices made before 2020.

    `crf`: 0 to 63, lower is better and larger. `codec`: av1 encodes three times as fast, but its
    encoder (SVT-AV1 4.1) has been seen to stand still for ever on a busy machine. `fast`: VP9 in
    a quarter of the time, a tenth larger.
    """

    size_reductions: ClassVar = ({"crf": 35}, {"crf": 45}, {"crf": 55})

    def __init__(
        self, *, codec: Literal["vp9", "av1"] = "vp9", crf: WebmCrf = 25, fast: bool = False
    ) -> None:
        _check_crf(crf, 63)
        if fast and codec != "vp9":
            raise UsageError("fast: only vp9 has a faster way; leave it out")
        name, options = _WEBM_CODECS[codec]
        quick = _FAST if fast else {}
        super().__init__(name, "yuv420p", {**options, **quick, "crf": str(crf)})

    def open(self, clip: Clip, path: Path) -> None:
        self._begin(clip, path, "webm", {})


_WEBM_CODECS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "av1": ("libsvtav1", {"preset": "8", "svtav1-params": "lp=2"}),
    "vp9": ("libvpx-vp9", {"deadline": "good", "cpu-used": "4", "b": "0", "row-mt": "1"}),
}
_FAST = {"deadline": "realtime", "cpu-used": "5"}


@contextmanager
def _quiet() -> Generator[None]:
    """SVT-AV1 prints a page about itself unless the environment of its start says otherwise."""
    before = os.environ.get("SVT_LOG")
    os.environ["SVT_LOG"] = before or "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SVT_LOG"]


def _check_crf(crf: int, most: int) -> None:
    if not 0 <= crf <= most:
        raise UsageError(f"crf: is 0 to {most}, got {crf}")


def _padding(clip: Clip, pixels: str) -> tuple[int, int]:
    """Rows and columns to add so that halved chroma fits."""
    return (clip.height % 2, clip.width % 2) if pixels == "yuv420p" else (0, 0)


def _interpolation() -> int:
    """libswscale's flags for accurate rounding and chroma from every pixel."""
    way = av.video.reformatter.Interpolation
    return way.BICUBIC | way.ACCURATE_RND | way.FULL_CHR_H_INT | way.FULL_CHR_H_INP
