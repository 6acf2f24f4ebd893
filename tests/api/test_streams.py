"""Streams that take little, nothing, or fail, and those that no picture can go to."""

import io
from io import BytesIO

import pytest

import animate
from animate import pipeline
from animate.errors import AnimateError

LEFT = "could not write to the stream: it takes no more, and of {0} bytes {0} are left"


class Narrow(io.RawIOBase):
    """Takes at most `most` bytes at once."""

    def __init__(self, most):
        self.most, self.held = most, bytearray()

    def writable(self):
        return True

    def write(self, content):
        part = bytes(content[: self.most])
        self.held += part
        return len(part)


class Failing(io.RawIOBase):
    """Does at every write what `write` does."""

    def __init__(self, write):
        self.act = write

    def writable(self):
        return True

    def write(self, content):
        return self.act(content)


def failed(error):
    def write(_):
        raise error

    return write


def test_a_stream_that_takes_little_at_once_gets_everything(race):
    whole, narrow = BytesIO(), Narrow(1000)
    race.still(whole, format="png")
    written = race.still(narrow, format="png")
    assert bytes(narrow.held) == whole.getvalue()
    assert written.size == len(narrow.held) > 1000


@pytest.mark.parametrize("taken", [None, 0])
def test_a_stream_that_takes_nothing_is_told(race, taken):
    with pytest.raises(AnimateError) as caught:
        race.still(Failing(lambda _: taken), format="png")
    assert str(caught.value) == LEFT.format(f"{len(race.still().png):,}")
    assert not isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device"), "No space left on device"),
        (ValueError("I/O operation on closed file"), "I/O operation on closed file"),
        (io.UnsupportedOperation("write"), "write"),
        (BrokenPipeError(), "BrokenPipeError"),
    ],
)
def test_a_stream_that_fails_is_told(race, error, told):
    with pytest.raises(AnimateError) as caught:
        race.still(Failing(failed(error)), format="png")
    assert str(caught.value) == f"could not write to the stream: {told}"


def closed():
    stream = BytesIO()
    stream.close()
    return stream


@pytest.mark.parametrize(
    ("streams", "told"),
    [
        ([closed()], "the stream is closed; give one that is open for writing"),
        (
            [io.BufferedReader(BytesIO())],
            "the stream is not writable; give one that is open for writing",
        ),
        ([BytesIO()] * 2, "a stream is named twice; each can be written only once"),
    ],
)
def test_a_stream_that_can_take_nothing_is_refused_first(race, monkeypatch, streams, told):
    monkeypatch.setattr("animate.pipeline.render", None)
    with pytest.raises(animate.UsageError) as caught:
        race.render(*streams, format="gif")
    assert str(caught.value) == told


def test_none_is_written_where_one_was_closed_meanwhile(race, monkeypatch):
    one, two = BytesIO(), BytesIO()
    render = pipeline.render

    def closing(*args, **options):
        two.close()
        return render(*args, **options)

    monkeypatch.setattr("animate.pipeline.render", closing)
    with pytest.raises(AnimateError) as caught:
        race.render(one, two, format="png")
    assert str(caught.value) == "could not write to the stream: it is closed"
    assert one.getvalue() == b""


def test_a_writer_that_tells_nothing_of_what_it_takes_gets_everything(race):
    class Response:  # as web frameworks have it
        body = b""

        def write(self, content):
            self.body += content

    response = Response()
    written = race.still(response, format="png")
    assert len(response.body) == written.size
    assert response.body.startswith(b"\x89PNG")
