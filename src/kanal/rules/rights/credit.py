"""Rule: every picture says who made it, and why it may be used."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error", when="media")
def check(subject: Subject) -> Iterator[Problem]:
    """Every picture and every video has a credit and a licence.

    Whoever makes a picture has the right to be named, and every photo is protected, a snapshot too. Somebody who uses
    it without a licence pays for it later. Write under `credit` who made it (`Foto: Kim Muster`), and under `licence`
    why the office may publish it (`CC BY 4.0`, `eigenes Foto`, `Vertrag vom 3. Mai 2026`).

    Source: §§ 2, 13 and 72 UrhG.

    Good:
        id: example
        channels: [mastodon]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: good.jpg, alt: Junge Linden an einer Landstraße, credit: "Foto: Kim Muster", licence: eigenes Foto}
    Bad:
        id: example
        channels: [mastodon]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: good.jpg, alt: Junge Linden an einer Landstraße, licence: CC BY 4.0}
    Bad:
        id: example
        channels: [mastodon]
        text: Die Linden werden nachgepflanzt.
        media:
          - {file: good.jpg, alt: Junge Linden an einer Landstraße, credit: "Foto: Kim Muster", licence: ""}
    """
    for field, picture in subject.pictures():
        if not picture.credit:
            yield Problem(
                f"{field}.credit",
                msg(
                    "Nobody is named as the maker of this picture. Write under credit, for example: “Foto: Kim Muster”."
                ),
            )
        if not picture.licence:
            yield Problem(
                f"{field}.licence",
                msg(
                    "It does not say why the office may use this picture. Write under licence, for example: “CC BY 4.0”"
                    " or “eigenes Foto”."
                ),
            )
