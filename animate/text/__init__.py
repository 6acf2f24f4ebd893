"""All words of pictures and descriptions, one file a language, and how numbers are written."""

from animate.text.words import LANGUAGES, Language, Words

__all__ = ["LANGUAGES", "Language", "Words"]
