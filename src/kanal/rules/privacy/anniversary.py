"""Rule: nobody is congratulated in public without having agreed."""

from collections.abc import Iterator

from kanal.detect.birth_dates import congratulations
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import found


@rule("error", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """Whoever is congratulated by name on a birthday, an age or a wedding anniversary has agreed to it.

    The residents' register may tell such days to the press and to representatives on request, but the office must not
    publish them by itself: not everybody wants strangers to know that he or she is old, and alone at home.

    Ask the person, keep the answer, and write under `consent` in the draft where it is kept. Birthdays of libraries,
    towns and fire brigades are free.

    Source: § 50 BMG; State Commissioner for Data Protection of Baden-Württemberg on congratulations in official
    gazettes; Art. 6 GDPR.

    Good:
        id: example
        channels: [mastodon]
        text: Wir gratulieren Hannelore Wiesinger zum 90. Geburtstag!
        consent: Einwilligung vom 2. November 2026, Mappe 12
    Good:
        id: example
        channels: [mastodon]
        text: Die Kreisbibliothek feiert ihren 50. Geburtstag.
    Bad:
        id: example
        channels: [mastodon]
        text: Wir gratulieren Hannelore Wiesinger zum 90. Geburtstag!
    """
    if subject.draft.consent:
        return
    for passage, span in found(subject, congratulations):
        yield Problem(
            passage.field,
            msg(
                "A congratulation by name needs the person's consent. Write under “consent” where it is kept, or leave"
                " the name out."
            ),
            span=span,
        )
