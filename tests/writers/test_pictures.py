"""What the decoders see is what was drawn."""

import struct
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from animate.errors import UsageError
from animate.writers import formats, write, writer_for
from animate.writers.palette import Palette
from tests.writers.films import INK, NEAR_WHITE, film, psnr, seen_by_av, seen_by_pillow


@pytest.mark.parametrize("moving", [False, True])
@pytest.mark.parametrize("name", ["clip.apng", "clip.webp"])
def test_lossless_formats_are_exact(tmp_path: Path, name: str, moving: bool) -> None:
    made = film(8, moving=moving, size=(61, 47))
    options = {"lossless": True} if name.endswith("webp") else {}
    write(made.clip, made.frames(), tmp_path / name, **options)
    shown = seen_by_pillow(tmp_path / name)
    assert len(shown) == 8
    for i, (_, _, picture) in enumerate(shown):
        np.testing.assert_array_equal(picture, made.rgb(i))


@pytest.mark.parametrize("moving", [False, True])
@pytest.mark.parametrize(("name", "options"), [("clip.gif", {}), ("clip.apng", {"colors": 256})])
def test_pinned_colors_are_exact(tmp_path: Path, name: str, options: dict, moving: bool) -> None:
    made = film(8, moving=moving)
    write(made.clip, made.frames(), tmp_path / name, **options)
    for decoder in (seen_by_pillow, seen_by_av):
        for i, (_, _, picture) in enumerate(decoder(tmp_path / name)):
            for colour in ((255, 255, 255), INK, NEAR_WHITE):
                where = (made.rgb(i) == colour).all(axis=2)
                assert where.any()
                np.testing.assert_array_equal(np.unique(picture[where], axis=0), [colour])


def test_both_decoders_see_the_same_gif(tmp_path: Path) -> None:
    made = film(10, moving=True)
    write(made.clip, made.frames(), tmp_path / "clip.gif")
    ours, theirs = seen_by_pillow(tmp_path / "clip.gif"), seen_by_av(tmp_path / "clip.gif")
    assert len(ours) == len(theirs) == 10
    for (_, _, one), (_, _, other) in zip(ours, theirs, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_gif_of_few_colors_is_exact(tmp_path: Path) -> None:
    made = film(6)
    pictures = [np.where(p > 127, 255, 0).astype(np.uint8) for p in made.pictures]
    few = replace(
        made,
        clip=replace(made.clip, pinned_colors=(), picture=lambda i: pictures[i]),
        pictures=pictures,
    )
    write(few.clip, few.frames(), tmp_path / "few.gif")
    for i, (_, _, picture) in enumerate(seen_by_pillow(tmp_path / "few.gif")):
        np.testing.assert_array_equal(picture, few.rgb(i))


@pytest.mark.parametrize("quantizer", ["median", "imagequant"])
def test_a_palette_of_many_colors_is_near(quantizer: str) -> None:
    if quantizer == "imagequant":
        pytest.importorskip("imagequant", reason="the extra `quantize` is not installed")
    made = film(6, moving=True, size=(128, 96))
    palette = Palette(made.clip, 255, quantizer)
    assert len(palette.colors) <= 255
    for i in range(6):
        seen = palette.colors[palette.indices(made.pictures[i])]
        assert psnr(seen, made.rgb(i)) > 40


def test_a_quantizer_that_is_not_installed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "imagequant", None)
    made = film(3, moving=True, size=(200, 100))
    with pytest.raises(UsageError, match=r"pip install animate-optimization\[quantize\]"):
        write(made.clip, made.frames(), tmp_path / "a.gif", quantizer="imagequant")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("loop", [False, True])
def test_looping_is_written(tmp_path: Path, loop: bool) -> None:
    made = film(3, loop=loop)
    loops = {}
    for name in ("a.gif", "a.webp", "a.apng"):
        write(made.clip, made.frames(), tmp_path / name)
        with Image.open(tmp_path / name) as image:
            loops[name] = image.info.get("loop")
    assert loops == {"a.gif": 0 if loop else None, "a.webp": int(not loop), "a.apng": int(not loop)}


def test_only_the_changed_part_is_stored(tmp_path: Path) -> None:
    made = film(30, size=(256, 192))
    written = write(made.clip, made.frames(), tmp_path / "a.gif")
    one = write(replace(made.clip, frames=1), list(made.frames())[:1], tmp_path / "one.gif")
    assert (written.size - one.size) / 29 < 200  # bytes; a whole picture takes 14 000


@pytest.mark.parametrize("chroma", [420, 444])
def test_video_is_bt709_and_says_so(tmp_path: Path, chroma: int) -> None:
    colors = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (200, 120, 40)]
    picture = np.full((64, 64, 4), 255, np.uint8)
    for k, colour in enumerate(colors):
        picture[:, 16 * k : 16 * k + 16, :3] = colour
    made = film(3)
    still = replace(made, pictures=[picture] * 3)
    write(still.clip, still.frames(), tmp_path / "a.mp4", chroma=chroma, crf=1)
    with av.open(str(tmp_path / "a.mp4")) as container:
        context = container.streams.video[0].codec_context
        tags = context.color_primaries, context.color_trc, context.colorspace, context.color_range
        assert tags == (1, 1, 1, 1)
        assert context.pix_fmt == f"yuv{chroma}p"
        frame = next(container.decode(video=0))
    luma = np.frombuffer(frame.planes[0], np.uint8).reshape(-1, frame.planes[0].line_size)
    for k, (red, green, blue) in enumerate(colors):
        # ITU-R BT.709-6, item 3.2 and 3.4, 8 bits
        expected = 16 + 219 * (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
        assert luma[32, 16 * k + 8] == pytest.approx(expected, abs=2)


@pytest.mark.parametrize("ending", [".mp4", ".webm"])
def test_odd_sizes_are_padded_and_told(tmp_path: Path, ending: str) -> None:
    made = film(4, size=(65, 67))
    written = write(made.clip, made.frames(), tmp_path / f"odd{ending}")
    assert written.notes == (
        f"odd{ending}: is 66×68 pixels, since this video format takes only even sizes",
    )
    picture = seen_by_av(tmp_path / f"odd{ending}")[0][2]
    assert picture.shape == (68, 66, 3)
    assert psnr(picture[:67, :65], made.rgb(0)) > 20


def test_mp4_starts_fast(tmp_path: Path) -> None:
    made = film(4)
    write(made.clip, made.frames(), tmp_path / "a.mp4")
    data = (tmp_path / "a.mp4").read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_webm_codecs(tmp_path: Path) -> None:
    made = film(4)
    for codec, name in (("av1", "av1"), ("vp9", "vp9")):
        write(made.clip, made.frames(), tmp_path / f"{codec}.webm", codec=codec)
        with av.open(str(tmp_path / f"{codec}.webm")) as container:
            assert name in container.streams.video[0].codec_context.codec.name


def test_webm_of_either_pace_has_the_pictures(tmp_path: Path) -> None:
    made = film(12)
    for fast in (False, True):
        write(made.clip, made.frames(), tmp_path / "a.webm", fast=fast)
        with av.open(str(tmp_path / "a.webm")) as container:
            assert container.streams.video[0].codec_context.codec.name == "vp9"
            pictures = [each.to_ndarray(format="rgb24") for each in container.decode(video=0)]
        assert len(pictures) == 12
        assert min(psnr(each, made.rgb(k)) for k, each in enumerate(pictures)) > 20
    with pytest.raises(UsageError, match=r"^fast: only vp9 has a faster way; leave it out$"):
        write(made.clip, made.frames(), tmp_path / "b.webm", codec="av1", fast=True)


def test_resampling_above_50_frames_a_second_is_told(tmp_path: Path) -> None:
    made = film(30, fps=60)
    assert write(made.clip, made.frames(), tmp_path / "fast.gif").notes == (
        "fast.gif: a GIF shows at most 50 frames a second, so 30 pictures became 25; "
        "the duration is the same",
    )
    last = seen_by_pillow(tmp_path / "fast.gif")[-1][2]
    assert psnr(last[made.marks], made.rgb(29)[made.marks]) > 30


def test_a_still_is_the_last_picture_and_a_counted_name_is_every_one(tmp_path: Path) -> None:
    made = film(11)
    write(made.clip, made.frames(), tmp_path / "still.png")
    written = write(made.clip, made.frames(), tmp_path / "frames" / "p-%04d.png")
    np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / "still.png")), made.rgb(10))
    names = sorted(path.name for path in (tmp_path / "frames").iterdir())
    assert names == [f"p-{i:04d}.png" for i in range(11)]
    for i, name in enumerate(names):
        np.testing.assert_array_equal(
            np.asarray(Image.open(tmp_path / "frames" / name)), made.rgb(i)
        )
    assert written.size == sum(path.stat().st_size for path in (tmp_path / "frames").iterdir())


def test_apng_declares_its_frames_and_its_first_is_a_plain_png(tmp_path: Path) -> None:
    made = film(7)
    write(made.clip, made.frames(), tmp_path / "a.apng")
    data = (tmp_path / "a.apng").read_bytes()
    at = data.index(b"acTL")
    assert struct.unpack_from(">II", data, at + 4) == (7, 0)
    assert at < data.index(b"IDAT") < data.index(b"fdAT")


@pytest.mark.parametrize("ending", list(formats("clip")))
def test_every_format_says_what_it_is_and_what_it_takes(ending: str) -> None:
    entry = formats("clip")[ending]
    assert entry.about.endswith((".", "…"))
    assert len(entry.about) < 90
    assert all(not option.required for option in entry.options.values())


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("a.gif", {"colors": 300}, "colors: a GIF has 8 to 256, got 300"),
        ("a.gif", {"colours": 8}, "a.gif: .gif has no option 'colours'. Did you mean 'colors'?"),
        ("a.webp", {"quality": 101}, "quality: is 0 to 100, got 101"),
        ("a.mp4", {"crf": 52}, "crf: is 0 to 51, got 52"),
        ("a.avi", {}, "a.avi: there is no format .avi; the ending is one of "
         ".gif, .mp4, .webm, .webp, .apng, .png, .html, .svg, .pdf"),
        ("clip", {}, "clip: the name has no ending; the ending is one of "
         ".gif, .mp4, .webm, .webp, .apng, .png, .html, .svg, .pdf"),
    ],
)  # fmt: skip
def test_mistakes_get_a_sentence(name: str, options: dict, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        writer_for(Path(name), options)
    assert str(caught.value) == sentence
