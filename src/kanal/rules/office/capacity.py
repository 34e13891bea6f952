"""Rule: no more channels than there are hours for."""

from collections.abc import Iterator

from kanal.config.concept import CONCEPT_FILE
from kanal.message import msg
from kanal.model import ChannelStatus, Problem
from kanal.rules import papers_rule
from kanal.rules.papers import Papers


@papers_rule("warning")
def check(papers: Papers) -> Iterator[tuple[str, Problem]]:
    """The real channels take no more hours a week than the staff have for them.

    A channel that nobody looks after does more harm than none: questions stay unanswered, and insults stay where they
    are. config/concept.yaml says how many hours each channel takes, and how many there are. Let a channel rest
    (`status: paused`), open it later (`status: planned`), or find the hours. Only `active` channels count.

    Source: motion Drs. 21-1344 of the district assembly of Bergedorf: further accounts depend on the resources at hand,
    and channels need constant care.

    Good:
        purpose: Wir informieren über Sperrungen und Termine.
        channels:
          mastodon: {reason: Das Netz wertet seine Leser nicht aus., hours_per_week: 4}
        data_protection:
          legal_basis: Art. 6 Abs. 1 Buchst. e DSGVO
          assessment: Datenschutz, Mappe 3
          requests: Datenschutzbeauftragte
        staff: {editorial: Pressestelle, technical: IT, hours_per_week: 4}
        budget: {per_year: keine Mittel, pays_for: nichts}
        interaction: {answers: werktags, netiquette: https://www.example.org/n, moderation: Pressestelle}
        alternatives: Amtsblatt und Internetseite
    Bad:
        purpose: Wir informieren über Sperrungen und Termine.
        channels:
          mastodon: {reason: Das Netz wertet seine Leser nicht aus., hours_per_week: 5}
        data_protection:
          legal_basis: Art. 6 Abs. 1 Buchst. e DSGVO
          assessment: Datenschutz, Mappe 3
          requests: Datenschutzbeauftragte
        staff: {editorial: Pressestelle, technical: IT, hours_per_week: 4}
        budget: {per_year: keine Mittel, pays_for: nichts}
        interaction: {answers: werktags, netiquette: https://www.example.org/n, moderation: Pressestelle}
        alternatives: Amtsblatt und Internetseite
    """
    there, hours_of = papers.concept.hours, papers.concept.hours_of
    if there is None:
        message = msg("Nobody says how many hours there are for these channels. Write “hours_per_week”.")
        yield CONCEPT_FILE, Problem("staff", message)
        return
    active = [channel for channel in papers.channels if channel.status is ChannelStatus.ACTIVE]
    for channel in active:
        if hours_of[channel.name] is None:
            message = msg("Nobody says how many hours this channel takes. Write “hours_per_week”.")
            yield CONCEPT_FILE, Problem(f"channels.{channel.name}", message)
    needed = sum(hours_of[channel.name] or 0 for channel in active)
    if needed > there:
        message = msg(
            "The real channels take {needed} hours a week, and there are {there}. Let one rest, or find the hours.",
            needed=needed,
            there=there,
        )
        yield CONCEPT_FILE, Problem("staff.hours_per_week", message)
