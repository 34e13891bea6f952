"""Rule: concept and netiquette behind a real channel are filled in."""

from collections.abc import Iterator

from kanal.config.concept import CONCEPT_FILE
from kanal.detect.placeholders import placeholders
from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import papers_rule
from kanal.rules.papers import Papers


@papers_rule("error")
def check(papers: Papers) -> Iterator[tuple[str, Problem]]:
    """No placeholder is left in the concept of a real channel, nor in its netiquette.

    `kanal init` writes config/concept.yaml and a netiquette with places to fill in. Before a channel meets the public,
    somebody has to have decided what stands there: which law permits it, who looks after it, who answers, what it
    costs, and what happens to comments that break the rules.

    It is looked at once a channel that the concept covers has `live: true` and has not ended.

    Source: guideline of the State Commissioner for Data Protection of Baden-Württemberg on social networks for
    authorities (2020): what a concept must say, and that it is public; motion Drs. 21-1344 of the district assembly of
    Bergedorf: data protection, staff, money and interaction belong into the concept.

    Good:
        purpose: Wir informieren über Sperrungen und Termine.
        channels:
          mastodon: {reason: Das Netz wertet seine Leser nicht aus.}
        data_protection:
          legal_basis: Art. 6 Abs. 1 Buchst. e DSGVO
          assessment: Datenschutz, Mappe 3
          requests: Datenschutzbeauftragte
        staff: {editorial: Pressestelle, technical: IT}
        budget: {per_year: keine Mittel, pays_for: nichts}
        interaction: {answers: werktags, netiquette: https://www.example.org/n, moderation: Pressestelle}
        alternatives: Amtsblatt und Internetseite
    Bad:
        purpose: "[eintragen: Was wollen Sie erreichen?]"
        channels:
          mastodon: {reason: Das Netz wertet seine Leser nicht aus.}
        data_protection:
          legal_basis: Art. 6 Abs. 1 Buchst. e DSGVO
          assessment: Datenschutz, Mappe 3
          requests: Datenschutzbeauftragte
        staff: {editorial: Pressestelle, technical: IT}
        budget: {per_year: keine Mittel, pays_for: nichts}
        interaction: {answers: werktags, netiquette: https://www.example.org/n, moderation: Pressestelle}
        alternatives: Amtsblatt und Internetseite
    """
    concept = papers.concept
    for field, words in concept.words.items():
        if any(placeholders(words)):
            yield CONCEPT_FILE, Problem(field, msg("Something is still missing here. Fill it in."))
    if papers.netiquette is not None:
        for found in placeholders(papers.netiquette):
            message = msg("Something is still missing here. Fill it in.")
            yield concept.netiquette, Problem("", message, Span(found.start, found.end))
    elif "://" not in concept.netiquette:
        message = msg(
            "There is no file “{file}”. Write it, or name the address of your netiquette.", file=concept.netiquette
        )
        yield CONCEPT_FILE, Problem("interaction.netiquette", message)
