"""What a notebook shows of a scene, decoded."""

from base64 import b64decode
from html.parser import HTMLParser
from io import BytesIO

import av
from PIL import Image

import animate


class Tags(HTMLParser):
    """The tags of a page with their attributes, and how deep each stands."""

    def __init__(self, page):
        super().__init__()
        self.found, self.open = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tuple(self.open), tag, dict(attrs)))
        if tag == "video":
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.open.remove(tag)


def held(source):
    """The bytes that an address holds."""
    return BytesIO(b64decode(source.partition(";base64,")[2]))


def test_a_notebook_shows_a_video_that_every_one_of_them_plays(race):
    data, beside = race._repr_mimebundle_()
    assert set(data) == {"text/html", "image/png", "text/plain"}
    (_, tag, video), *inside = Tags(data["text/html"]).found
    assert tag == "video"
    assert {"controls", "autoplay", "muted", "playsinline", "loop"} <= set(video)
    assert (video["width"], video["height"], video["aria-label"]) == ("320", "240", race.describe())
    assert [(where, each) for where, each, _ in inside] == [
        (("video",), "source"),
        (("video",), "source"),
        (("video",), "img"),
    ]
    for (_, _, source), kind, codec in zip(inside, ("mp4", "webm"), ("h264", "vp9"), strict=False):
        assert source["type"] == f"video/{kind}"
        with av.open(held(source["src"])) as container:
            stream = container.streams.video[0]
            assert (stream.codec_context.name, stream.codec_context.pix_fmt) == (codec, "yuv420p")
            assert len(list(container.decode(video=0))) == 10
    _, _, image = inside[-1]
    assert image["alt"] == race.describe()
    with Image.open(held(image["src"])) as gif:
        assert (gif.format, gif.size, gif.n_frames) == ("GIF", (320, 240), 10)
    assert b64decode(data["image/png"]) == race.still().png
    assert (data["text/plain"], beside["image/png"]["alt"]) == (repr(race), race.describe())


def test_a_scene_of_any_name_is_shown(tmp_path):
    """A file called so would stand for one of each frame."""
    text = "surface: beale\noptimizers: [{name: sgd, learning_rate: 0.01}]\nsteps: 3\n"
    (tmp_path / "race-%04d.yaml").write_text(text + "timing: {seconds: 0.2, hold: 0}\n")
    named = animate.read(tmp_path / "race-%04d.yaml")
    data, _ = named._repr_mimebundle_()
    assert b64decode(data["image/png"]) == named.still().png
    stream = BytesIO()
    named.render(stream, format="png")
    assert stream.getvalue() == named.still().png


def test_what_is_shown_does_not_depend_on_how_files_are_to_be_written():
    small = animate.scene(
        surface="beale",
        optimizers=[{"name": "sgd", "learning_rate": 0.01}],
        steps=3,
        timing={"seconds": 0.2, "hold": 0, "loop": False},
        style={"size": [320, 240]},
        output={"max_size": "1kB"},
    )
    data, _ = small._repr_mimebundle_()
    (_, _, video), *_ = Tags(data["text/html"]).found
    assert "loop" not in video
