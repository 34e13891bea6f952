"""What the rules about elections and neutrality share: where they look for parties and for people who stand for office.

It stands outside of `election/`, where every module is a rule, and must not know severities or options.
"""

from collections.abc import Iterator

from kanal.config.registers import Election
from kanal.detect import Hit
from kanal.detect.listed_names import listed_names
from kanal.detect.parties import parties
from kanal.model import Span
from kanal.rules.subject import Passage, Sort, Subject


def words_of(subject: Subject) -> Iterator[Passage]:
    """All that readers get to see or hear; names of files do not count."""
    return (passage for passage in subject.passages if passage.sort is not Sort.FILE)


def parties_in(subject: Subject) -> Iterator[tuple[Passage, Span]]:
    """Where the draft names a party or a parliamentary group."""
    for passage in words_of(subject):
        for hit in parties(passage.text, subject.registers.parties):
            yield passage, Span(hit.start, hit.end)


def candidates_in(subject: Subject, text: str, elections: tuple[Election, ...]) -> tuple[Hit, ...]:
    """Where a text names somebody who stands for one of `elections`, or an office-holder who stands again."""
    registers = subject.registers
    names = [name for election in elections for name in election.candidates]
    names += [holder.name for holder in registers.office_holders if holder.candidate]
    return listed_names(text, tuple(dict.fromkeys(names)), _roles(subject))


def office_holders_in(subject: Subject, text: str) -> tuple[Hit, ...]:
    """Where a text names somebody in office."""
    return listed_names(text, tuple(holder.name for holder in subject.registers.office_holders), _roles(subject))


def _roles(subject: Subject) -> tuple[str, ...]:
    return tuple(dict.fromkeys(holder.role for holder in subject.registers.office_holders))
