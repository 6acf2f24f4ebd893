"""Every word that the program writes into a picture, and how numbers are written beside it."""

from animate.words.speech import Language, Words
from animate.words.table import WORDS

__all__ = ["WORDS", "Language", "Words"]
