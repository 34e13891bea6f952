"""Rule: no number plate goes out."""

from collections.abc import Iterator

from kanal.detect.plates import plates
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import found, remedy


@rule("warning", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """No number plate of a vehicle stands in words that go out.

    A plate leads to whoever owns the vehicle. It is a warning only, because the office's own vehicles have plates, too.
    A draft with a picture is judged by `privacy/plate-with-picture`, and this rule is silent there.

    Source: kanal's own advice (a plate relates to the owner of the vehicle).

    Good:
        id: example
        channels: [mastodon]
        text: Zwischen Musterbach und Probendorf (RT-AB 12) gilt Tempo 50. Bitte fahren Sie vorsichtig.
    Bad:
        id: example
        channels: [mastodon]
        text: Der Wagen mit dem Kennzeichen HH-AB 1234 steht in der Feuerwehrzufahrt.
    """
    if any(subject.pictures()):
        return
    for passage, span in found(subject, plates, digits=1):
        yield Problem(
            passage.field,
            msg("This looks like the number plate of a vehicle. {remedy}", remedy=remedy(passage)),
            span=span,
        )
