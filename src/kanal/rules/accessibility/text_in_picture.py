"""Rule: what can be read in a picture stands in the post."""

from collections.abc import Iterator

from kanal.compose import Post
from kanal.message import msg
from kanal.model import Picture, Problem
from kanal.prose.words import folded
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

_WORD = Pattern(r"[^\W_]{2,}+")
_STEM = 5
"""So many letters in common make two forms of one word: Bibliothek, Bibliotheken."""


@rule("warning", when="media")
def check(subject: Subject, *, share: float = 0.7, alt_counts: bool = False) -> Iterator[Problem]:
    """The words in a picture stand in the text of the post as well.

    Letters in a picture are dots: they cannot be read out, enlarged, translated or searched. The key `shows_text` says
    which words a picture holds, so that kanal can compare.

    Say in the post what stands in the picture: what, when, where.

    Source: guidelines on accessible posts of HTW Berlin (no pictures of text alone); § 12a (8) BGG

    Options:
        share: which share of the words must be found in the post, between 0 and 1
        alt_counts: whether the alternative text of the picture counts as well

    Good:
        id: example
        channels: [mastodon]
        text: "Lange Nacht der Bibliothek: Samstag, 6. Februar 2027, ab 18 Uhr in Musterstadt."
        media:
          - file: good.jpg
            alt: Plakat mit Mond und Büchern
            credit: Landkreis Musterland
            licence: CC BY 4.0
            shows_text: Nacht der Bibliothek, 6. Februar, 18 Uhr
    Bad:
        id: example
        channels: [mastodon]
        text: Wir freuen uns auf Sie!
        media:
          - file: good.jpg
            alt: Plakat mit Mond und Büchern
            credit: Landkreis Musterland
            licence: CC BY 4.0
            shows_text: Nacht der Bibliothek, 6. Februar, 18 Uhr
    """
    missing = {
        post.field(f"media[{index}].shows_text")
        for post in subject.posts
        for index, picture in enumerate(post.part.media)
        if picture.shows_text and _found(picture, post, alt_counts=alt_counts) < share
    }
    for field in sorted(missing):
        yield Problem(field, msg("What stands in the picture does not stand in the post. Say it in the text as well."))


def _found(picture: Picture, post: Post, *, alt_counts: bool) -> float:
    """Which share of the picture's words the post says."""
    shown = set(_WORD.compiled.findall(folded(picture.shows_text or "")))
    said = set(_WORD.compiled.findall(folded(f"{post.part.text}\n{picture.alt if alt_counts else ''}")))
    stems = {word[:_STEM] for word in said if len(word) >= _STEM}
    known = sum(word in said or (word[:_STEM] in stems and len(word) >= _STEM) for word in shown)
    return known / len(shown) if shown else 1.0
