"""The ways to write a clip that `benchmarks.files` compares: the libraries' own, and ours."""

from collections.abc import Callable, Mapping
from pathlib import Path

import av
import imageio.v3 as iio
import numpy as np
from PIL import Image

from animate.writers import write
from benchmarks.clips import FPS, Drawn

Way = Callable[[Drawn, Path], None]


def ours(**options: object) -> Way:
    """Our writer for the file's ending."""

    def way(drawn: Drawn, path: Path) -> None:
        write(drawn.clip, drawn.frames, path, **options)

    return way


def pillow(**options: object) -> Way:
    """Pillow's `save_all`, as its documentation shows it."""

    def way(drawn: Drawn, path: Path) -> None:
        pictures = [Image.fromarray(p[..., :3]) for p in drawn.pictures]
        facts = {"duration": round(1000 / FPS), "loop": 0, **options}
        pictures[0].save(path, save_all=True, append_images=pictures[1:], **facts)

    return way


def imageio_gif(drawn: Drawn, path: Path) -> None:
    """imageio.v3 with its default plugin for GIF."""
    frames = np.stack(drawn.pictures)[..., :3]
    iio.imwrite(path, frames, duration=1000 / FPS, loop=0)


def imageio_mp4(drawn: Drawn, path: Path) -> None:
    """imageio.v3 with PyAV and x264 at its defaults."""
    frames = np.stack(drawn.pictures)[..., :3]
    iio.imwrite(path, frames, plugin="pyav", codec="libx264", fps=int(FPS))


def palettegen(drawn: Drawn, path: Path) -> None:
    """FFmpeg's palettegen and paletteuse without dithering: the best known recipe for GIF."""
    height, width = drawn.pictures[0].shape[:2]
    graph = av.filter.Graph()
    source = graph.add_buffer(width=width, height=height, format="rgb24", time_base="1/25")
    nodes = [graph.add(*n) for n in (("split",), ("palettegen",), ("paletteuse", "dither=none"))]
    split, generate, use = nodes
    sink = graph.add("buffersink")
    source.link_to(split)
    split.link_to(use, 0, 0)
    split.link_to(generate, 1, 0)
    generate.link_to(use, 0, 1)
    use.link_to(sink)
    graph.configure()
    with av.open(str(path), "w") as container:
        stream = container.add_stream("gif", rate=int(FPS))
        stream.width, stream.height, stream.pix_fmt = width, height, "pal8"
        for i, picture in enumerate(drawn.pictures):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture[..., :3]))
            frame.pts = i
            graph.push(frame)
        graph.push(None)
        while True:
            try:
                container.mux(stream.encode(graph.pull()))
            except (av.error.BlockingIOError, av.error.EOFError):
                break
        container.mux(stream.encode(None))


WAYS: Mapping[str, tuple[str, Way]] = {
    "ours, GIF": (".gif", ours()),
    "ours, GIF, imagequant": (".gif", ours(quantizer="imagequant")),
    "Pillow, GIF": (".gif", pillow()),
    "imageio, GIF": (".gif", imageio_gif),
    "FFmpeg palettegen, GIF": (".gif", palettegen),
    "ours, MP4": (".mp4", ours()),
    "ours, MP4 4:4:4": (".mp4", ours(chroma=444)),
    "imageio and PyAV, MP4": (".mp4", imageio_mp4),
    "ours, WebM AV1": (".webm", ours(codec="av1")),
    "ours, WebM VP9": (".webm", ours()),
    "ours, WebP": (".webp", ours()),
    "Pillow, WebP lossless": (".webp", pillow(lossless=True)),
    "Pillow, WebP lossy": (".webp", pillow(quality=80)),
    "ours, APNG": (".apng", ours()),
    "ours, APNG 256 colors": (".apng", ours(colors=256)),
    "Pillow, APNG": (".apng", pillow(format="PNG")),
}
