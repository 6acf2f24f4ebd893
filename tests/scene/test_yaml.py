"""YAML text → plain data, places and sentences."""

import math

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from animate.errors import DocumentError
from animate.scene.yaml import parse
from animate.scene.yaml.sentences import sentence_for


def complaints_of(text: str | bytes) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        parse(text)
    return str(caught.value).split("\n")


def refusal_of(text: str | bytes) -> DocumentError | None:
    try:
        parse(text)
    except DocumentError as error:
        return error
    return None


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("1e-3", 1e-3),
        ("1E3", 1000.0),
        ("-2.5", -2.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("+3", 3),
        ("010", 10),
        ("0o10", 8),
        ("0x10", 16),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("null", None),
        (".inf", math.inf),
        ("-.inf", -math.inf),
        ("on", "on"),
        ("off", "off"),
        ("yes", "yes"),
        ("no", "no"),
        ("12:30", "12:30"),
        ("2020-01-01", "2020-01-01"),
        ("1_000", "1_000"),
        ("'1'", "1"),
        ('"true"', "true"),
        ("tab:red", "tab:red"),
        ("x**2 - y", "x**2 - y"),
        (r"'$\theta$'", r"$\theta$"),
    ],
)
def test_a_word_means_what_yaml_1_2_says(word: str, value: object) -> None:
    data = parse(f"a: {word}").data["a"]
    assert data == value
    assert type(data) is type(value)


def test_nan_is_a_number() -> None:
    assert math.isnan(parse(".nan").data)


def test_places_are_lines_and_columns_from_one() -> None:
    document = parse("ключ: {b: [1, {c: 2}]}\nd:\n  - e\n")
    assert document.data == {"ключ": {"b": [1, {"c": 2}]}, "d": ["e"]}
    assert document.place(("ключ", "b", 1, "c")) == (1, 19)
    assert document.place(("ключ", "b", 1, "c"), at_key=True) == (1, 16)
    assert document.place(("ключ",)) == (1, 7)
    assert document.place(("d", 0)) == (3, 5)
    assert document.place(("d", 0), at_key=True) == (3, 5)


def test_the_place_of_what_is_not_there_is_its_nearest_ancestors() -> None:
    document = parse("a: 1\nb: {c: [2]}")
    assert document.place(("b", "c", 7, "x")) == (2, 8)
    assert document.place(("b", "zz"), at_key=True) == (2, 4)
    assert document.place(("zz",)) == (1, 1)


def test_a_place_inside_a_text_is_told_where_the_text_stands_as_it_is() -> None:
    document = parse("a: x + é\nb: 'x + y'\nc: 'it''s'\nd: |\n  x +\n  y\ne: \"x\\n\"\n")
    assert document.place(("a",), offset=4) == (1, 8)
    assert document.place(("b",), offset=4) == (2, 9)
    assert [document.place((key,), offset=2) for key in "cde"] == [(3, 4), (4, 4), (7, 4)]


def test_an_alias_is_a_copy_and_stands_where_it_is_written() -> None:
    document = parse("a: &p {b: [1]}\nc: *p\n")
    assert document.data == {"a": {"b": [1]}, "c": {"b": [1]}}
    assert document.place(("c", "b", 0)) == (2, 4)
    document.data["c"]["b"].append(2)
    assert document.data["a"] == {"b": [1]}


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert complaints_of("a: 1\na: 2\nb: {c: 1, c: 2}\nd: !t x\n1: 2\ne: *q\nf: [1\n") == [
        "2:1: the key 'a' is here a second time, first in line 1",
        "3:11: the key 'c' is here a second time, first in line 3",
        "4:4: tags are not read: leave !t out",
        "5:1: a key must be text: put 1 in quotes",
        "6:4: '*q' refers to '&q', which is not above; put a text that begins with * in quotes",
        "7:4: '[' is never closed: ']' is missing",
    ]


def test_an_error_that_no_rule_knows_is_reported_in_the_librarys_words() -> None:
    mark = yaml.Mark("scene", 5, 0, 3, None, 0)
    error = yaml.MarkedYAMLError(problem="found something new", problem_mark=mark)
    assert sentence_for(error, ["a: b"]) == (1, 4, "this is not YAML: found something new")
    assert sentence_for(yaml.MarkedYAMLError(problem="odd"), []) == (1, 1, "this is not YAML: odd")


def test_a_byte_order_mark_is_no_character() -> None:
    assert parse(b"\xef\xbb\xbfa: 1").place(("a",), at_key=True) == (1, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1: the file is empty"),
        ("# only words\n", "1:1: the file is empty"),
        ("a: x\nb\nc: 1", "2:1: 'b' is no key: there is no colon after it"),
        ("a\nb: 1", "1:1: 'a' is no key: there is no colon after it"),
        ("a:1\nb: 2", "1:2: there is no space after the colon: write 'a: …'"),
        ("a: 1\nb:2\nc: 3", "2:2: there is no space after the colon: write 'b: …'"),
        ("a: ? b", "1:4: a value cannot begin with '? '; put it in quotes"),
        ("- a\n-b\n- c", "2:1: there is no space after the dash: write '- …'"),
        (
            "title: Beale: it",
            "1:13: a second ': ' in one line; put the text that holds it in quotes",
        ),
        (
            "a: 1\n b: 2",
            "2:2: this line is indented deeper than the one above, which already has its value",
        ),
        (
            "a:\n  b: 1\n c: 2",
            "3:2: the indentation of this line fits none of the lines above",
        ),
        ("a: [1, 2\nb: 3", "1:4: '[' is never closed: ']' is missing"),
        ("a: 1\nb: [", "2:4: '[' is never closed: ']' is missing"),
        ("a: [{\n", "1:5: '{' is never closed: '}' is missing"),
        (
            "a: [b:]",
            "1:6: inside brackets a ':' needs a space after it, or quotes around the text",
        ),
        ("a: !b!c d", "1:4: a value that begins with ! must stand in quotes"),
        ("{a: 1", "1:1: '{' is never closed: '}' is missing"),
        ("a: [1, 2}", "1:9: '}' cannot close '['; write ']'"),
        ("a: [1, 2,, 3]", "1:10: a comma or ']' is missing before this"),
        ("a: 'x\nb: 1", "1:4: the quote that opens here is never closed"),
        (
            "a: 'it's'",
            "1:8: an apostrophe ends the text here; put the whole text in double quotes",
        ),
        (
            "a: [x]y",
            "1:7: nothing can follow a closing quote or bracket; put the whole text in quotes",
        ),
        (
            "- a\nb: 1",
            "2:1: this line stands among list items: begin it with '- ' or indent it",
        ),
        (
            "a: - b",
            "1:4: a list that begins beside its key is written [a, b]; items with '- ' go below it",
        ),
        ("a:\n\tb: 2", "2:1: a tab cannot stand here; indent with spaces"),
        ("a: 1\n\tb: 2", "2:1: a tab cannot stand here; indent with spaces"),
        ("a: @x", "1:4: a value cannot begin with '@'; put it in quotes"),
        ("a: **x", "1:5: a value that begins with * or & must stand in quotes"),
        (
            'a: "$\\q$"',
            "1:6: a backslash in double quotes begins an escape; use single quotes",
        ),
        (
            'a: "$\\theta$"',
            "1:4: a backslash in double quotes begins a special character; use single quotes",
        ),
        ("1e999", "1:1: 1e999 does not fit in a number"),
        ("a: 123456789012345678901", "1:4: 123456789012345678901 does not fit in a number"),
        ("a: 1\n...\nb: 2", "3:1: the document ended above with '...'; remove that line"),
        ("%YAML 3.0\n---\na: 1", "1:1: YAML directives, such as %YAML and %TAG, are not read"),
        (b"a: 1\nb: \xff", "2:4: the byte 0xff is not UTF-8 text"),
        ("a: 1\nb: \x00", "2:4: the character U+0000 cannot stand in a text file"),
        ("a: \ud800", "1:4: the character U+D800 cannot stand in a text file"),
    ],
)
def test_a_slip_gets_one_sentence_with_its_place(text: str | bytes, said: str) -> None:
    assert complaints_of(text) == [said]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.text(alphabet="ab1:-,.[]{}'\"#&*!|>%@`?<~\\\n\t é\x00e", max_size=60)
    | st.binary(max_size=30)
)
@example("{")
@example("a: [\n#")
def test_any_text_is_data_or_sentences(text: str | bytes) -> None:
    refusal = refusal_of(text)
    if refusal:
        assert refusal.problems == tuple(sorted(refusal.problems))
        assert all(each.message.isprintable() for each in refusal.problems)
        assert all(each.line >= 1 and each.column >= 1 for each in refusal.problems)
