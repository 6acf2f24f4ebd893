"""A real browser plays every format."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from animate.writers import write, write_all
from tests.chromium import Browser
from tests.writers.films import Film, film, psnr

pytestmark = pytest.mark.browser

PICTURES = {"clip.gif": "image/gif", "clip.webp": "image/webp", "clip.apng": "image/png"}
VIDEOS = ("clip.mp4", "clip.webm", "vp9.webm")
SIZE = (128, 96)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests' output is theirs."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Film, str, Path]]:
    folder = tmp_path_factory.mktemp("pages")
    clip = film(20, fps=10, hold=0.5, size=SIZE)
    write_all(clip.clip, clip.frames(), {folder / name: {} for name in (*PICTURES, *VIDEOS[:2])})
    write(clip.clip, clip.frames(), folder / VIDEOS[2], codec="vp9")
    style = (
        "<!doctype html><link rel=icon href=data:,>"
        "<style>body{margin:0}img,video{display:block}</style>"
    )
    for name in PICTURES:
        (folder / f"{name}.html").write_text(f"{style}<img src={name}>")
    for name in VIDEOS:
        (folder / f"{name}.html").write_text(f"{style}<video src={name} muted></video>")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield clip, f"http://127.0.0.1:{server.server_address[1]}", folder
        server.shutdown()
        thread.join()


def nearest(made: Film, seen: np.ndarray) -> int:
    """Which of the pictures is on the screen, told by its marks."""
    return int(
        np.argmax([psnr(seen[made.marks], p[made.marks][..., :3]) for p in made.pictures[:16]])
    )


DECODE = """
const data = await (await fetch(a[0])).arrayBuffer();
const decoder = new ImageDecoder({data, type: a[1]});
await decoder.tracks.ready;
const track = decoder.tracks.selectedTrack, frames = [];
for (let i = 0; i < track.frameCount; i++) {
  const {image} = await decoder.decode({frameIndex: i});
  const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
  frames.push({start: image.timestamp, length: image.duration, pixels: Array.from(pixels)});
  image.close();
}
return {loops: track.repetitionCount === Infinity, frames};
"""


@pytest.mark.parametrize("name", PICTURES)
def test_the_browser_decodes_every_frame_at_its_time(
    browser: Browser, made: tuple[Film, str, Path], name: str
) -> None:
    clip, address, _ = made
    browser.open(f"{address}/{name}.html")
    seen = browser.run(DECODE, f"{address}/{name}", PICTURES[name])
    assert seen["loops"]
    assert len(seen["frames"]) == 20
    for i, frame in enumerate(seen["frames"]):
        assert frame["start"] == i * 100_000  # microseconds
        assert frame["length"] == (100_000 if i < 19 else 600_000)
        pixels = np.array(frame["pixels"], np.uint8).reshape(SIZE[1], SIZE[0], 4)[..., :3]
        if name == "clip.gif":
            assert psnr(pixels, clip.rgb(i)) > 30
        else:
            np.testing.assert_array_equal(pixels, clip.rgb(i))
    assert browser.complaints() == []


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_on_the_page_plays(
    browser: Browser, made: tuple[Film, str, Path], name: str
) -> None:
    _, address, folder = made
    once = film(8, fps=20, hold=3, size=SIZE, loop=False)
    slow = film(3, fps=0.05, size=SIZE)
    for kind, played in (("once", once), ("slow", slow)):
        write(played.clip, played.frames(), folder / f"{kind}-{name}")
        page = (folder / f"{name}.html").read_text().replace(name, f"{kind}-{name}")
        (folder / f"{kind}-{name}.html").write_text(page)
    browser.open(f"{address}/slow-{name}.html")
    assert browser.run("await document.images[0].decode(); return document.images[0].complete")
    assert (
        nearest(slow, browser.screenshot()[: SIZE[1], : SIZE[0]]) == 0
    )  # for the first 20 seconds
    browser.open(f"{address}/once-{name}.html")
    browser.run("await new Promise(r => setTimeout(r, 1200)); return 0")
    assert (
        nearest(once, browser.screenshot()[: SIZE[1], : SIZE[0]]) == 7
    )  # from 0.35 seconds on, and for good
    assert browser.complaints() == []


SEEK = """
const video = document.querySelector("video");
if (!video.src.startsWith("blob:")) {  // the server of these pages cannot send a part of a file
  const data = await (await fetch(video.src)).blob();
  video.src = URL.createObjectURL(data);
}
if (video.readyState < 2) await new Promise((good, bad) => {
  video.onloadeddata = good; video.onerror = () => bad(video.error.message);
});
await new Promise(good => { video.onseeked = good; video.currentTime = a[0]; });
await new Promise(good => requestAnimationFrame(() => requestAnimationFrame(good)));
return {seconds: video.duration, shown: video.currentTime, width: video.videoWidth};
"""


@pytest.mark.parametrize("name", VIDEOS)
def test_a_video_shows_each_frame_at_its_time(
    browser: Browser, made: tuple[Film, str, Path], name: str
) -> None:
    clip, address, _ = made
    browser.open(f"{address}/{name}.html")
    for i in (0, 5, 12, 15):
        facts = browser.run(SEEK, (i + 0.5) / 10)
        assert facts["seconds"] == pytest.approx(2.5, abs=0.001)
        assert facts["width"] == SIZE[0]
        seen = browser.screenshot()[: SIZE[1], : SIZE[0]]
        assert facts["shown"] == pytest.approx((i + 0.5) / 10, abs=0.001)
        assert nearest(clip, seen) == i
        assert psnr(seen, clip.rgb(i)) > 20
    assert browser.complaints() == []


def test_a_video_plays_through(browser: Browser, made: tuple[Film, str, Path]) -> None:
    _, address, _ = made
    for name in VIDEOS:
        browser.open(f"{address}/{name}.html")
        seconds = browser.run(
            "const video = document.querySelector('video');"
            "video.playbackRate = 2;"
            "await new Promise((good, bad) => {"
            "  video.onended = good; video.onerror = () => bad(video.error.message);"
            "  video.play().catch(bad); });"
            "return video.currentTime"
        )
        assert seconds == pytest.approx(2.5, abs=0.01)
