"""What a person says of themselves in plain words, read into typed wishes. Pure, as the rules are.

Its public face: `read_wishes` for a text, `Wish` for what is read, `matches` for which tasks a
wish is about, `mentioned` for the numbers that a sentence names at all.
"""

from dayloom.language.wishes.mentions import mentioned
from dayloom.language.wishes.reading import Sentence, read_wishes
from dayloom.language.wishes.subjects import matches
from dayloom.language.wishes.wish import Wish, WishKind

__all__ = ["Sentence", "Wish", "WishKind", "matches", "mentioned", "read_wishes"]
