"""Rule: an office never tells people whom to vote for."""

from collections.abc import Iterator

from kanal.detect.parties import parties
from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.rules.political import candidates_in
from kanal.text.pattern import Pattern

_ABOUT_VOTING = ("wähl", "stimm", "kreuz", "zum bürger", "zum volks")
# Needs a party or a candidate in the same sentence: people also choose numbers, menus and the most beautiful garden.
# And it must be a request: that a council “wählt” and a group “stimmt für” something may be told.
_CALL = Pattern(
    r"(?<![^\W\d_])(?:Wählen Sie|[Bb]itte wählen Sie|wählen Sie bitte"
    r"|(?:\A|(?<=[!?:.,„“\"] )|(?<=\n))(?:Wählt|Wähle|Stimmt für|Stimme für|Stimmt gegen)"
    r"|(?:Stimmen Sie|[Bb]itte stimmen Sie) (?:für|gegen)"
    r"|(?:[Ii]hre|[Dd]eine|[Ee]ure) (?:beiden? )?(?:Erst|Zweit)?(?:[Ss]timmen?)(?: (?:für|gegen|der|den|dem))?"
    r"|[Bb]eide Stimmen für|mit (?:Ihrer|[Dd]einer|[Ee]urer) (?:Erst|Zweit)?[Ss]timme"
    r"|[Kk]eine (?:Erst|Zweit)?[Ss]timme (?:für|(?:der|den|dem)(?= \S{1,30}\Z))"
    r"|(?:Erst|Zweit)stimme (?:für|der|den)|(?:[Ii]hr|[Dd]ein) Kreuz (?:bei|für)"
    r"|(?:[Jj]etzt|[Nn]ur|[Nn]icht|[Nn]ie) (?:mehr |die |den )?\S{1,30} wählen|(?:un|nicht )?wählbar)(?![^\W\d_])"
)
# These say by themselves that a vote is meant.
_CALL_BY_ITSELF = Pattern(
    r"(?i)(?<![^\W\d_])(?:stimm(?:en sie|t|e) (?:beim (?:bürger|volks)entscheid (?:\S{1,30} ){0,4})?"
    r"mit [„“\"]?(?:ja|nein)"
    r"|(?:ja|nein) zum (?:bürger|volks)(?:entscheid|begehren)"
    r"|(?:stimm|wähl)(?:en sie|t|e) (?:für|gegen) (?:den|das) (?:bürger|volks)(?:entscheid|begehren)"
    r"|keine stimme (?:für|den|der|gegen) (?:extrem|recht|nazi|popul|links)\w{0,20}"
    r"|gegen (?:rechts|links|extrem\w{1,10}) wählen"
    r"|(?:\A\W{0,5}(?:beim (?:bürger|volks)entscheid )?)mit [„“\"]?(?:ja|nein)[“”\"]? stimmen(?=[!.:]|\Z)"
    r")(?![^\W\d_])"
)
_BLANKS = Pattern(r"[ \t\u00a0]*+")
# “Am 25. April” goes on.
_SENTENCE_ENDS = Pattern(r"(?:(?<![0-9])\.|[!?])(?=\s|\Z)|\n")


@rule("error", when="vote")
def check(subject: Subject) -> Iterator[Problem]:
    """No post calls on people to vote for or against somebody, at any time.

    That is a breach of neutrality whoever is meant, on the office's account as well as on that of its head, and it can
    make an election void. Inform about when and how to vote, and about nothing else. This holds for information about
    the election (`type: election-info`), too.

    Source: BVerfG, 2 March 1977, 2 BvE 1/76 (BVerfGE 44, 125).

    Good:
        id: example
        channels: [mastodon]
        text: Am 25. April 2027 wird der Kreistag gewählt. Sie haben drei Stimmen.
    Bad:
        id: example
        channels: [mastodon]
        text: Am 25. April 2027 wird der Kreistag gewählt. Wählen Sie Max Beispiel!
    Bad:
        id: example
        channels: [mastodon]
        text: Stimmen Sie beim Bürgerentscheid mit Ja!
    """
    for passage in subject.texts():
        small = passage.text.lower()
        if any(stem in small for stem in _ABOUT_VOTING):
            for span in _calls(subject, passage.text):
                yield Problem(
                    passage.field,
                    msg("This tells people how to vote; an office must never do that. Take the sentence out."),
                    span=span,
                )


def _calls(subject: Subject, text: str) -> Iterator[Span]:
    for start, end in _sentences(text):
        sentence = text[start:end]
        found = _CALL_BY_ITSELF.search(sentence)
        if found is None:
            call = _CALL.search(sentence)
            named = call and (
                parties(sentence, subject.registers.parties)
                or candidates_in(subject, sentence, subject.registers.elections)
            )
            found = call if named else None
        if found:
            yield Span(start + found.start(), start + found.end())


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _SENTENCE_ENDS.finditer(text):
        yield start, found.end()
        blanks = _BLANKS.compiled.match(text, found.end())
        start = blanks.end() if blanks else found.end()
    if start < len(text):
        yield start, len(text)
