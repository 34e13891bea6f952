"""Runs the rules of one policy over drafts, channels and files, and gives their problems a place and a severity.

It must not know any single rule, nor how findings are shown, nor the cache.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kanal.compose import compose
from kanal.config import Project
from kanal.lint.active import Active, active_rules
from kanal.lint.hits import Hit, Silenced, Verdict, finding, finding_of
from kanal.lint.places import Source, nearest
from kanal.media.gallery import Gallery
from kanal.model import Draft, Finding, Place, Problem, Waiver
from kanal.rules import LooksAt, Subject, Summary, card, names
from kanal.rules.subject import passages_of
from kanal.rules.traits import traits_of

if TYPE_CHECKING:  # most drafts on the way through lint carry no approval yet
    from kanal.approval.history import History

TEXT_SUFFIXES = frozenset({".yaml", ".yml", ".env", ".toml", ".ini", ".cfg", ".json", ".txt", ".md", ".sh", ".ps1", ""})
LARGEST_TEXT = 1_000_000

_Found = list[tuple[Active, Problem]]


class Inspector:
    """The rules as one office wants them, at one moment (aware, any zone); with `only`, some of them.

    `gallery` knows media files; without one, each is looked into.
    """

    def __init__(
        self,
        project: Project,
        now: datetime,
        *,
        gallery: Gallery | None = None,
        publishing: bool = False,
        only: Callable[[str], bool] | None = None,
    ) -> None:
        self._project = project
        self._gallery = gallery or Gallery()
        self._now = now.astimezone(project.office.zone)
        self._publishing = publishing
        self._posts = project.posts
        self._active: dict[tuple[LooksAt, bool], list[Active]] = {}
        for active in active_rules(project, publishing=publishing):
            if only is None or only(active.card.id):
                self._active.setdefault((active.card.looks_at, active.card.last), []).append(active)

    def subject(self, draft: Draft) -> Subject:
        """The draft as rules see it."""
        return Subject(
            draft=draft,
            posts=tuple(
                post
                for name in draft.channels
                if name in self._project.channels
                for post in compose(draft, self._project.channels[name], self._project.office.mentions)
            ),
            office=self._project.office,
            channels=self._project.channels,
            registers=self._project.policy.registers,
            now=self._now,
            passages=passages_of(draft, self._posts),
            gallery=self._gallery,
            publishing=self._publishing,
            posts_folder=self._posts,
            adapt=self._project.policy.adapt,
        )

    def verdict(self, draft: Draft, text: str | None = None) -> Verdict:
        """What the rules say about `draft`. `text` is its file's; without it, it is read when needed."""
        return self.verdicts([(draft, text)])[0]

    def verdicts(self, drafts: Sequence[tuple[Draft, str | None]]) -> list[Verdict]:
        """As `verdict`, for some drafts at once."""
        subjects = [self.subject(draft) for draft, _ in drafts]
        traits = [traits_of(subject) for subject in subjects]
        found: list[_Found] = [[] for _ in subjects]
        self._ask_rules(subjects, traits, found)
        counts = [
            [sum(active.card.id == waiver.rule for active, _ in own) for waiver in draft.waivers]
            for (draft, _), own in zip(drafts, found, strict=True)
        ]
        for index, subject in enumerate(subjects):
            if subject.draft.waivers:
                subjects[index], found[index] = self._waived(subject, found[index], counts[index])
        self._ask_rules(subjects, traits, found, last=True)
        return [
            Verdict(
                hits=tuple(self._located(draft, own, subject, text)) if own else (),
                silenced=tuple(
                    Silenced(waiver, nearest(f"waivers[{index}]", draft.places), counted[index])
                    for index, waiver in enumerate(draft.waivers)
                    if counted[index]
                ),
            )
            for (draft, text), subject, own, counted in zip(drafts, subjects, found, counts, strict=True)
        ]

    def _waived(self, subject: Subject, found: _Found, counts: Sequence[int]) -> tuple[Subject, _Found]:
        """The draft with its idle waivers, and what the others leave of what was found."""
        waivers = subject.draft.waivers
        waived = {waiver.rule for waiver in waivers}
        idle = (n for n, waiver in enumerate(waivers) if not counts[n] and not self._counts_elsewhere(waiver.rule))
        left = [(active, problem) for active, problem in found if active.card.id not in waived]
        return subject._replace(idle_waivers=tuple(idle)), left

    def _ask_rules(
        self,
        subjects: Iterable[Subject],
        traits: Iterable[frozenset[str]],
        found: Iterable[_Found],
        *,
        last: bool = False,
    ) -> None:
        """Add what the rules find in each draft, one rule after the other.

        All rules with their patterns do not fit into a processor's caches, and one does; a rule that concerns none of
        the drafts is not even loaded.
        """
        concerned: dict[str, list[tuple[Subject, _Found]]] = {}
        for subject, own_traits, own in zip(subjects, traits, found, strict=True):
            for trait in ("", *own_traits):
                concerned.setdefault(trait, []).append((subject, own))
        for active in self._of(LooksAt.DRAFT, last=last):
            if active.card.when in concerned:
                check, options = active.rule.check, active.options
                for subject, own in concerned[active.card.when]:
                    for problem in check(subject, **options):
                        own.append((active, problem))

    def _counts_elsewhere(self, rule: str) -> bool:
        """Whether a waiver may silence what is not looked at here: other drafts, or what is asked before publishing."""
        if rule not in names():
            return False
        known = card(rule)
        return known.looks_at in {LooksAt.FOLDER, LooksAt.HISTORY} or (known.before_publishing and not self._publishing)

    def draft(self, draft: Draft, text: str | None = None) -> list[Finding]:
        """As `verdict`, as findings alone."""
        return [finding_of(hit, draft.path) for hit in self.verdict(draft, text).hits]

    def draft_files(self, drafts: Sequence[tuple[Draft, str]]) -> list[list[Finding]]:
        """What is wrong with each draft and with its file, which holds the text beside it."""
        return [
            [*(finding_of(hit, draft.path) for hit in verdict.hits), *self.in_text(draft.path, text)]
            for (draft, text), verdict in zip(drafts, self.verdicts(drafts), strict=True)
        ]

    @property
    def looks_across(self) -> bool:
        """Whether any rule holds drafts against each other."""
        return bool(self._of(LooksAt.FOLDER))

    def folder(
        self, summaries: Iterable[Summary], load: Callable[[str], Draft]
    ) -> Iterator[tuple[Finding, Waiver | None]]:
        """What is wrong with drafts held against each other, and who answers for it; `load` gives a file's draft."""
        listed = list(summaries)
        for active in self._of(LooksAt.FOLDER):
            for summary, problem in active.rule.check(listed, self._now, **active.options):
                draft = load(summary.file)
                found = finding(active, problem, summary.file, nearest(problem.field, draft.places))
                yield found, next((w for w in draft.waivers if w.rule == active.card.id), None)

    def approvals(
        self, drafts: Iterable[Draft], tell: Callable[[Sequence[Draft]], Mapping[str, "History"]]
    ) -> Iterator[tuple[Finding, Waiver | None]]:
        """What is wrong with approvals according to git, and who answers for it; `tell` asks git, by file, once."""
        rules = self._of(LooksAt.HISTORY)
        approved = [s for s in map(self.subject, drafts) if s.draft.approval and s.may_go_out] if rules else []
        told = tell([subject.draft for subject in approved]) if approved else {}
        for subject in approved:
            draft = subject.draft
            for active in rules:
                waiver = next((w for w in draft.waivers if w.rule == active.card.id), None)
                for problem in active.rule.check(subject, told[draft.path], **active.options):
                    yield finding(active, problem, draft.path, nearest(problem.field, draft.places)), waiver

    def channels(self, only: Iterable[str] | None = None) -> Iterator[Finding]:
        """What is wrong with channels; `only` names some of them."""
        for channel in self._project.channels.values():
            if only is None or channel.name in only:
                for active in self._of(LooksAt.CHANNEL):
                    for problem in active.rule.check(channel, self._now.date(), **active.options):
                        place = nearest(problem.field, channel.places)
                        place = channel.places.get("", place) if place == Place(1, 1) else place
                        named = problem._replace(field=f"channels.{channel.name}.{problem.field}".rstrip("."))
                        yield finding(active, named, "config/channels.yaml", place)

    def papers(self, only: Iterable[str] | None = None) -> Iterator[Finding]:
        """What is wrong with the papers behind real channels; `only` names some channels."""
        concept, channels = self._project.concept, self._project.channels.values()
        real = [c for c in channels if c.is_real and (only is None or c.name in only)]
        if concept is None or not real:
            return
        from kanal.rules.papers import papers_of

        papers = papers_of(self._project.root, concept, real)
        for active in self._of(LooksAt.PAPERS) if papers.channels else ():
            for file, problem in active.rule.check(papers, **active.options):
                yield finding(active, problem, file, papers.place(file, problem))

    def files(self, files: Iterable[str]) -> Iterator[Finding]:
        """What must not stand in any file, whatever it is; names are relative to the project's folder."""
        for file in files:
            path = self._project.root / file
            if path.suffix.lower() in TEXT_SUFFIXES:
                yield from self.in_text(file, _text_of(path))

    def in_text(self, file: str, text: str) -> Iterator[Finding]:
        """As `files`, for a file's text."""
        for active in self._of(LooksAt.FILE):
            for place, message in active.rule.check(text, **active.options):
                yield Finding(active.card.id, active.severity, file, place, "", message)

    def _of(self, looks_at: LooksAt, *, last: bool = False) -> list[Active]:
        return self._active.get((looks_at, last), [])

    def _located(
        self, draft: Draft, found: Iterable[tuple[Active, Problem]], subject: Subject, text: str | None
    ) -> Iterable[Hit]:
        source = Source(text if text is not None else _text_of(self._project.root / draft.path), draft.places)
        values = {passage.field: passage.text for passage in subject.passages}
        hits = [
            Hit(active, problem, source.find(problem.field, values.get(problem.field, ""), problem.span))
            for active, problem in found
        ]
        if all(hit.problem.instead is None for hit in hits):
            return hits
        from kanal.lint.edits import left_to_people  # most drafts need no mending

        return left_to_people(source.text, hits, draft.path, self._project.setting)


def _text_of(path: Path) -> str:
    """The file's text; none for what is too large, binary or gone."""
    try:
        if path.stat().st_size > LARGEST_TEXT:
            return ""
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
