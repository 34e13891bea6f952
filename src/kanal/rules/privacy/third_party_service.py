"""Rule: readers are not sent to a stranger's form, poll or map without thought."""

from collections.abc import Iterator, Mapping

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import links


@rule("warning", when="link")
def check(subject: Subject, *, own: tuple[str, ...] = (), more: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Forms, polls, maps and the like that a post links to are the office's own, not those of third parties.

    Whoever fills in a form with Google or answers a poll at Doodle gives data to that company, on the word of an
    authority. It is a warning: there may be a contract. Use the office's own form server or page, or enter the service
    in config/policy.yaml as an option of this rule, `own`, when a contract is in force.

    Options:
        own: hosts of services that the office rents under a contract, such as umfrage.example
        more: further services to be warned of, host and name, such as “quiz.example Quizdienst”

    Source: Art. 25, 28 and 44 GDPR; the two-click principle of the district office Berlin-Mitte.

    Good:
        id: example
        channels: [mastodon]
        text: "Zur Umfrage: https://umfrage.landkreis-musterland.example/bus"
    Bad:
        id: example
        channels: [mastodon]
        text: "Zur Umfrage: https://forms.gle/abc123DEF456"
    """
    from kanal.detect.links import redirector, third_party_service

    services, hosts = _by_host(more), (*own, *subject.registers.domains)
    for passage, span, url in links(subject):
        name = third_party_service(url, services, hosts)
        if name and not redirector(url):
            yield Problem(
                passage.field,
                msg(
                    "{service} belongs to a third party, which learns who clicks. Use a page of the office's own. If"
                    " there is a contract, enter the service in config/policy.yaml as an option of this rule (“own”).",
                    service=name,
                ),
                span=span,
            )


def _by_host(entries: tuple[str, ...]) -> Mapping[str, str]:
    """Host to name; a service without a name is called by its host."""
    parts = (entry.strip().partition(" ") for entry in entries)
    return {host.lower(): name.strip() or host for host, _, name in parts}
