"""Rule: on Facebook and Instagram, statistics are off and the agreement with Meta is kept."""

from collections.abc import Iterator
from datetime import date

from kanal.message import msg
from kanal.model import Channel, Problem
from kanal.rules import channel_rule

_OF_META = ("facebook", "instagram")


@channel_rule("warning")
def check(channel: Channel, _today: date) -> Iterator[Problem]:
    """A real channel on Facebook or Instagram notes that Insights are off, and where the agreement with Meta is kept.

    Courts hold the office responsible together with Meta for what Meta learns from its visitors (European Court of
    Justice, Federal Administrative Court). The Administrative Court of Cologne saw it otherwise in 2025, for a page
    whose statistics are switched off; the appeal is open. Until it is decided, have both: `duties`, `insights_off:
    true`, and `joint_control`, where the agreement under Art. 26 GDPR is kept.

    It is a warning, since the law is not clear. Channels that only practise and those that have ended are left alone.

    Source: CJEU, 5 June 2018, C-210/16; BVerwG, 11 September 2019, 6 C 15.18; short opinion of the conference of
    data protection authorities (DSK), 10 November 2022; VG Köln, 17 July 2025, 13 K 1419/23 (not final).

    Good:
        facebook:
          platform: facebook
          account: "100000000000001"
          status: active
          live: true
          duties: {insights_off: true, joint_control: "Datenschutz, Mappe 4"}
    Bad:
        facebook:
          platform: facebook
          account: "100000000000001"
          status: active
          live: true
    """
    if not channel.is_real or channel.platform not in _OF_META:
        return
    if not channel.duties.insights_off:
        yield Problem(
            "duties.insights_off",
            msg(
                "Have Meta switch the statistics of this page off (Insights), and write “insights_off: true” under"
                " “duties”."
            ),
        )
    if not channel.duties.joint_control:
        yield Problem(
            "duties.joint_control",
            msg("Write under “duties”, “joint_control” where the agreement with Meta under Art. 26 GDPR is kept."),
        )
