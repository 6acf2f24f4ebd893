"""What happens in a picture, in two or three true sentences: its alternative text."""

from animate.figure.text.plain import plain
from animate.sources.description.clauses import noted
from animate.sources.description.landmarks import landmarks
from animate.sources.description.outcomes import Outcome, outcomes_of
from animate.sources.description.sentences import narrate

__all__ = ["Outcome", "landmarks", "narrate", "noted", "outcomes_of", "plain"]
