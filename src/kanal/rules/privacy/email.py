"""Rule: only the office's own e-mail addresses go out."""

from collections.abc import Iterator

from kanal.detect.contacts import emails, is_official
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import found, remedy


@rule("error", when="e-mail", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """Every e-mail address that goes out is one of the office's own, as its register of contacts lists them.

    An address that somebody wrote to the office is that person's secret. The register stands in config/policy.yaml
    under `registers`, `contacts`; `@landkreis-musterland.example` there stands for all addresses of that domain. A
    partner's address (a club, a museum) may be entered there, too, when the partner wants to be written to.

    Addresses in disguise, `name (at) example.org`, count as well; names of accounts on networks do not.

    Source: Art. 5(1)(c) GDPR (no more data than necessary) and Art. 6 GDPR (every publication needs a legal basis).

    Good:
        id: example
        channels: [mastodon]
        text: Fragen? Schreiben Sie an buergerbuero@landkreis-musterland.example.
    Bad:
        id: example
        channels: [mastodon]
        text: Wir haben Ihnen an max.beispiel@example.org geantwortet.
    Bad:
        id: example
        channels: [mastodon]
        text: Hier melden Sie sich ab.
        link: https://www.landkreis-musterland.example/abmelden?mail=max.beispiel%40example.org
    """
    contacts = subject.registers.contacts
    for passage, span in found(subject, emails):
        if not is_official(passage.text[span.start : span.end], contacts):
            yield Problem(
                passage.field,
                msg(
                    "This e-mail address is not in the register of contacts. {remedy} If it is an official one, enter"
                    " it under “contacts” in config/policy.yaml.",
                    remedy=remedy(passage),
                ),
                span=span,
            )
