"""Rule: a real channel has its papers in order."""

from collections.abc import Iterator
from datetime import date

from kanal.message import Message, msg
from kanal.model import Channel, Duties, Problem
from kanal.rules import channel_rule


@channel_rule("error")
def check(channel: Channel, _today: date) -> Iterator[Problem]:
    """A real channel has a concept, an impact assessment, an imprint, a privacy notice and another way to the office.

    An authority may run an account on a network only if it knows what for, has weighed the risks for readers, says who
    it is, and can be reached without the network. Each is a line under `duties` of the channel in config/channels.yaml:
    `concept` (number of the decision, or address), `assessment` (where the data protection impact assessment is kept),
    `imprint` and `privacy` (addresses), `contact` (telephone, e-mail, counter). The first two follow from
    config/concept.yaml, if it covers the channel and names its `decision`.

    Channels that only practise (`live: false`) and those that have ended are left alone.

    Source: guideline of the State Commissioner for Data Protection of Baden-Württemberg on social networks for
    authorities (2020): concept, provider's duties, care, other ways; Art. 35 GDPR; § 5 DDG and § 18 MStV (imprint);
    Art. 13 GDPR (privacy notice).

    Good:
        mastodon:
          platform: mastodon
          account: landkreis@social.landkreis-musterland.example
          status: active
          live: true
          duties:
            concept: Beschluss KT/2026/041
            assessment: Datenschutz, Mappe 3
            imprint: https://www.landkreis-musterland.example/impressum
            privacy: https://www.landkreis-musterland.example/datenschutz-mastodon
            contact: Telefon 115
    Bad:
        mastodon:
          platform: mastodon
          account: landkreis@social.landkreis-musterland.example
          status: active
          live: true
          duties:
            concept: Beschluss KT/2026/041
    """
    if channel.is_real:
        for name, message in _missing(channel.duties):
            yield Problem(f"duties.{name}", message)


def _missing(duties: Duties) -> Iterator[tuple[str, Message]]:
    if not duties.concept:
        yield (
            "concept",
            msg(
                "Nobody has decided what this channel is for. Write the “decision” into config/concept.yaml, and the"
                " channel among its “channels”; or write under “duties”, “concept” which decision it was."
            ),
        )
    if not duties.assessment:
        yield (
            "assessment",
            msg(
                "The data protection impact assessment is missing. Write under “duties”, “assessment” where it is kept."
            ),
        )
    if not duties.imprint:
        yield (
            "imprint",
            msg("The imprint is missing. Write under “duties”, “imprint” the address of the one for this account."),
        )
    if not duties.privacy:
        yield (
            "privacy",
            msg(
                "The privacy notice is missing. Write under “duties”, “privacy” the address of the one for this"
                " account."
            ),
        )
    if not duties.contact:
        yield (
            "contact",
            msg(
                "Nobody knows how to reach the office without this network. Write under “duties”, “contact” a"
                " telephone number or an address."
            ),
        )
