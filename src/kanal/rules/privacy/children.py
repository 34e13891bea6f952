"""Rule: children are shown only if their parents agreed."""

from collections.abc import Iterator
from functools import lru_cache

from kanal.errors import KanalError
from kanal.media.gallery import Gallery
from kanal.message import msg
from kanal.model import Picture, Problem
from kanal.prose.words import PIECES_REMEMBERED
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern

_CHILDREN = Pattern(
    r"(?i)(?<![^\W\d_])(?:"
    r"kita\w{0,20}|horts?|hortkind\w{0,3}|krippen(?:kind\w{0,3}|gruppen?)|tagespflegekind\w{0,3}"
    r"|kind(?:e?s)?|kinder(?!ausweis|freibetrag|geld|krankheit|los|reisep|zuschlag)\w{0,24}|babys?|mädchen|jungs"
    r"|(?:förder|ganztags|gemeinschafts|gesamt|grund|haupt|mittel|musik|ober|real)?schul(?:en?|hof\w?|kind\w{0,3}|klassen?"
    r"|fest\w{0,2}|weg\w?|anfänger\w{0,6}|chor\w?|orchester\w?|sport\w{0,4}|theater\w?)?"
    r"|einschulung(?:en)?|erstkläss\w{0,8}|gymnasi(?:en|ums?)|schüler(?:in|innen|n|s)?"
    r"|ferien(?:lager|pass)\w{0,10}|jugendfeuerwehr(?:en)?"
    r")(?![^\W\d_])",
    *("kita", "hort", "krippe", "kind", "baby", "mädchen", "jungs", "schul", "erstklä", "gymnasi", "schüler", "ferien"),
    "jugendfeuerwehr",
)


@rule("error", when="media")
def check(subject: Subject) -> Iterator[Problem]:
    """A picture of people in a draft about a nursery, a school or children says where the parents' consent is kept.

    A child cannot foresee what a picture in the net means later, so the parents decide. Write under `people`, `parents`
    where their consent is kept. If there is no child to be recognised in the picture, write that there: somebody has
    looked.

    A picture shows people if it has a `people` block, or if faces are found in it.

    Source: §§ 22 and 23 KUG; Art. 6 and 8 GDPR; legal practice that parents consent for children under 16.

    Good:
        id: example
        channels: [mastodon]
        text: Die Kita Sonnenblume hat einen neuen Garten.
        media:
          - file: good.jpg
            alt: Kinder pflanzen einen Apfelbaum.
            credit: Kim Muster
            licence: CC BY 4.0
            people: {parents: "Kita Sonnenblume, Ordner Fotos 2026"}
    Bad:
        id: example
        channels: [mastodon]
        text: Die Kita Sonnenblume hat einen neuen Garten.
        media:
          - file: good.jpg
            alt: Kinder pflanzen einen Apfelbaum.
            credit: Kim Muster
            licence: CC BY 4.0
            people: {consent: "Personalstelle, Mappe 7"}
    """
    about_children = any(_names_children(passage.text) for passage in subject.texts())
    for field, picture in subject.pictures():
        if picture.people is not None and picture.people.parents:
            continue
        if (about_children or _names_children(picture.alt)) and _shows_people(picture, subject.gallery):
            yield Problem(
                f"{field}.file",
                msg(
                    "This is about children, and the picture shows people. Write under “people”, “parents” where the"
                    " parents' consent is kept, or that no child can be recognised."
                ),
            )


def _names_children(text: str) -> bool:
    return _CHILDREN.may_match(text) and any(map(_holds_child, text.split()))


@lru_cache(PIECES_REMEMBERED)
def _holds_child(piece: str) -> bool:
    return _CHILDREN.search(piece) is not None


def _shows_people(picture: Picture, gallery: Gallery) -> bool:
    if picture.people is not None:
        return True
    try:
        return bool(gallery.faces(picture.file))
    except KanalError:
        return False  # references/media-file says what is wrong with it
