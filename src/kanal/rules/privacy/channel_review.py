"""Rule: somebody looks at a channel's concept again every year."""

from collections.abc import Iterator
from datetime import date

from kanal.message import msg
from kanal.model import Channel, Problem
from kanal.rules import channel_rule


@channel_rule("warning")
def check(channel: Channel, today: date, *, months: int = 12) -> Iterator[Problem]:
    """The concept of a channel on a real network was reviewed within the last twelve months.

    Networks change, and so does what an office gains from them. Look at the concept again, decide whether the benefit
    still outweighs the risks, publish the result, and write the day under `duties`, `reviewed`, or into
    config/concept.yaml. Where that file names the day of the next review, it is not over. Channels that only practise
    and those that have ended are left alone.

    Options:
        months: after how many months a review is too old

    Source: guideline of the State Commissioner for Data Protection of Baden-Württemberg on social networks for
    authorities (2020): concept and evaluation at least once a year, both public.

    Good:
        mastodon:
          platform: mastodon
          account: landkreis@social.landkreis-musterland.example
          status: active
          live: true
          duties: {reviewed: 2026-06-01}
    Bad:
        mastodon:
          platform: mastodon
          account: landkreis@social.landkreis-musterland.example
          status: active
          live: true
          duties: {reviewed: 2025-06-01}
    """
    if not channel.is_real:
        return
    reviewed = channel.duties.reviewed
    if reviewed is None:
        message = msg("Nobody has reviewed this channel. Do it, and write the day under “duties”, “reviewed”.")
        yield Problem("duties.reviewed", message)
    elif channel.duties.next_review and channel.duties.next_review < today:
        message = msg(
            "The concept of this channel was to be reviewed until {day}. Do it, and write “reviewed” and the day of the"
            " next review into config/concept.yaml.",
            day=channel.duties.next_review,
        )
        yield Problem("duties.reviewed", message)
    elif (_month(reviewed) + months, reviewed.day) < (_month(today), today.day):
        message = msg(
            "The last review of this channel is too old. Do it again, and write the day under “duties”, “reviewed”."
        )
        yield Problem("duties.reviewed", message)


def _month(day: date) -> int:
    """Its number, counted without end."""
    return day.year * 12 + day.month
