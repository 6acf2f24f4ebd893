"""A folder of scenes that mean harm, or slipped: each is refused with exactly these lines."""

from pathlib import Path

import pytest

from animate.errors import SceneError
from animate.scene.load import read_text
from animate.scene.yaml import parse

HOSTILE = Path(__file__).parent / "hostile"


def lines_of(source: bytes) -> list[str]:
    """What reading `source` as a scene has to say, but for its name."""
    with pytest.raises(SceneError) as caught:
        read_text(source, "scene.yaml")
    return [line.removeprefix("scene.yaml:") for line in caught.value.lines]


EXPECTED: dict[str, list[str]] = {
    "alias-bomb": ["5:8: there are more than 20000 values, aliases counted in full"],
    "alias-deep": ["2:24: this is nested deeper than 32 levels"],
    "alias-missing": [
        "1:20: '*x' refers to '&x', which is not above; put a text that begins with * in quotes"
    ],
    "alias-of-itself": ["2:25: '*all' stands inside itself"],
    "apostrophe": ["1:15: an apostrophe ends the text here; put the whole text in double quotes"],
    "bad-indent": ["3:3: the indentation of this line fits none of the lines above"],
    "binary": ["1:1: the byte 0x89 is not UTF-8 text"],
    "deep-list": ["1:41: this is nested deeper than 32 levels"],
    "deep-mapping": ["33:65: this is nested deeper than 32 levels"],
    "directive": ["1:1: YAML directives, such as %YAML and %TAG, are not read"],
    "duplicate-by-quotes": ["2:1: the key 'surface' is here a second time, first in line 1"],
    "duplicate-keys": [
        "2:1: the key 'surface' is here a second time, first in line 1",
        "4:17: the key 'name' is here a second time, first in line 4",
    ],
    "empty": ["1:1: the file is empty"],
    "escape-sequence": ["3:8: the character U+001B cannot stand in a text file"],
    "formula-assignment": [
        "2:15: '=' is not in the language. Give only what stands to its right; use == to compare."
    ],
    "formula-attribute": ["2:12: a dot may stand only inside a number"],
    "formula-boolean": ["2:12: 'and' is not in the language. Multiply: (x > 0)*(y > 0)."],
    "formula-builtin": ["2:12: unknown name 'open'. The variables are x and y."],
    "formula-caret": ["2:14: '^' is not in the language. Use ** for powers."],
    "formula-comprehension": ["2:12: '[' is not in the language. Use ( and ) to group."],
    "formula-deep-calls": ["2:216: the formula is nested deeper than 50 levels"],
    "formula-deep-minus": ["2:64: the formula is nested deeper than 50 levels"],
    "formula-deep-parentheses": ["2:63: the formula is nested deeper than 50 levels"],
    "formula-divides-by-zero": ["2:17: 1/0 divides by zero"],
    "formula-dunder": ["2:12: a dot may stand only inside a number"],
    "formula-f-string": ['2:14: "\'" is not in the language.'],
    "formula-factorial": ["2:14: cannot read '!' here"],
    "formula-folded": ["2:12: unknown name 'ln'. Did you mean 'log'?"],
    "formula-generator": ["2:12: maximum takes 2 arguments, got 1"],
    "formula-getattr": ["2:12: unknown name 'getattr'. The variables are x and y."],
    "formula-huge-number": [
        "2:15: 999999999999999999999999999999999999999… does not fit in a number"
    ],
    "formula-import": ['2:24: "\'" is not in the language.'],
    "formula-keyword": [
        "2:23: '=' is not in the language. Give only what stands to its right; use == to compare."
    ],
    "formula-lambda": ["2:20: ':' is not in the language."],
    "formula-many-parts": ["2:12: the formula has more than 500 numbers, names and operations"],
    "formula-namespace": ["2:12: a dot may stand only inside a number. Write sin alone."],
    "formula-no-sign": ["2:12: there is no sign between 2 and x. Write 2*x."],
    "formula-power-of-x": ["2:16: the exponent 1e+08 is out of bounds: at most 1000 either way"],
    "formula-power-tower": ["2:16: 9**9**9 does not fit in a number"],
    "formula-too-long": ["2:2013: the formula is 3004 characters long, and at most 2000 are read"],
    "formula-typo": ["2:20: unknown name 'sine'. Did you mean 'sin'?"],
    "formula-unclosed": ["2:16: '(' is never closed"],
    "formula-unicode": ["2:14: '−' is not in the language. Use - to subtract."],
    "formula-walrus": ["2:16: ':' is not in the language."],
    "huge-float": ["3:16: 1e999 does not fit in a number"],
    "huge-integer": ["3:8: 999999999999999999999999999999999999999… does not fit in a number"],
    "key-a-list": ["1:1: a key must be text, not a list or mapping; put it in quotes"],
    "key-a-mapping": ["1:3: a key must be text, not a list or mapping; put it in quotes"],
    "keys-not-text": [
        "1:1: a key must be text: put 1 in quotes",
        "2:1: a key must be text: put true in quotes",
        "3:1: a key must be text: put null in quotes",
        "4:1: a key must be text: put 1.5 in quotes",
    ],
    "latex-in-double-quotes": [
        "1:8: a backslash in double quotes begins a special character; use single quotes"
    ],
    "latin-1": ["3:8: the byte 0xe9 is not UTF-8 text"],
    "merge-key": ["3:5: merge keys (<<) are not read; write the keys out"],
    "missing-colon": ["2:1: 'steps 100' is no key: there is no colon after it"],
    "missing-dash-space": ["4:3: there is no space after the dash: write '- …'"],
    "missing-space": ["2:6: there is no space after the colon: write 'steps: …'"],
    "nul": ["3:9: the character U+0000 cannot stand in a text file"],
    "only-comments": ["1:1: the file is empty"],
    "percent": ["1:8: a value cannot begin with '%'; put it in quotes"],
    "tab-indent": ["2:1: a tab cannot stand here; indent with spaces"],
    "tag-local": [
        "1:10: tags are not read: leave !surface out",
        "2:13: tags are not read: leave !!set out",
    ],
    "tag-python": ["1:10: tags are not read: leave !!python/object/apply:os.system out"],
    "two-colons": ["1:13: a second ': ' in one line; put the text that holds it in quotes"],
    "two-documents": ["3:1: a second document begins here; a file holds one. Remove the '---'."],
    "unclosed-brace": ["1:10: '{' is never closed: '}' is missing"],
    "unclosed-bracket": ["2:13: '[' is never closed: ']' is missing"],
    "unclosed-quote": ["2:8: the quote that opens here is never closed"],
    "unknown-escape": ["1:10: a backslash in double quotes begins an escape; use single quotes"],
    "utf-16": ["1:1: the byte 0xff is not UTF-8 text"],
    "wrong-bracket": ["2:23: '}' cannot close '['; write ']'"],
}

for each in HOSTILE.with_suffix(".txt").read_text(encoding="utf-8").splitlines():
    name, _, line = each.partition(":")
    EXPECTED.setdefault(name, []).append(line)


def test_every_hostile_file_is_expected() -> None:
    assert {path.stem for path in HOSTILE.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_hostile_file_gets_its_lines(name: str) -> None:
    assert lines_of((HOSTILE / f"{name}.yaml").read_bytes()) == EXPECTED[name]


MEGABYTE = 1_000_000

LARGE = {
    "too large": (
        "#" * (MEGABYTE + 1),
        "1:1: the file has 1000001 bytes, and at most 1000000 are read",
    ),
    "brackets": ("[" * MEGABYTE, "1:33: this is nested deeper than 32 levels"),
    "braces": ("{a: " * (MEGABYTE // 4), "1:129: this is nested deeper than 32 levels"),
    "dashes": ("- " * (MEGABYTE // 2), "1:65: this is nested deeper than 32 levels"),
    "items": (
        "-\n" * (MEGABYTE // 2),
        "20000:2: there are more than 20000 values, aliases counted in full",
    ),
    "aliases": (
        "- &a x\n" + "- *a\n" * (MEGABYTE // 6),
        "20000:3: there are more than 20000 values, aliases counted in full",
    ),
    "spaces": (" " * MEGABYTE, "1:1: the file is empty"),
    "open quote": (
        "a: '" + "x\n" * (MEGABYTE // 3),
        "1:4: the quote that opens here is never closed",
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_megabyte_of_anything_gets_one_line(name: str) -> None:
    text, line = LARGE[name]
    assert lines_of(text.encode()) == [line]


def test_complaints_end_after_a_hundred() -> None:
    lines = lines_of(b"a: 1\n" * 1000)
    assert len(lines) == 100
    assert lines[-1] == "101:1: the key 'a' is here a second time, first in line 1"


def test_a_megabyte_of_one_text_is_read() -> None:
    assert parse("a: " + "x" * 999_990).data == {"a": "x" * 999_990}
