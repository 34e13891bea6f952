"""The files of an office, out of the templates of the package and the answers.

It must not know how answers are asked for, nor which files are there already.
"""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template

from kanal.cli.beginning.answers import Answers
from kanal.cli.beginning.placing import Offer
from kanal.cli.ci_files import INCLUDED, INCLUDING, System, wanted
from kanal.message import msg
from kanal.model import Channel, ChannelStatus
from kanal.text.slug import slug
from kanal.yaml12 import parse

TEMPLATES = Path(__file__).parents[2] / "templates" / "office"
FOR_PICTURES = "instagram"
"""The network that takes no post without a picture."""
WHERE_LINKS_COST = frozenset({"x", "instagram"})
"""X charges for a post with a link, and on Instagram nobody can click on one."""
FIRST_DRAFT = {"de": "erster-beitrag", "en": "first-post"}
_INVENTED = {"facebook": "100000000000001", "instagram": "17840000000000001"}
_LONGEST_NAME = {"mastodon": 30, "x": 15}


def invented_channels(answers: Answers) -> Mapping[str, Channel]:
    """A channel on each network, in use, with an account that does not exist; none of them is real."""
    return {
        name: Channel(name, name, _account(name, answers.office), ChannelStatus.ACTIVE) for name in answers.networks
    }


def _account(platform: str, office: str) -> str:
    if platform in _INVENTED:
        return _INVENTED[platform]
    name = slug(office).replace("-", "_")[: _LONGEST_NAME[platform]].strip("_") or "office"
    return f"{name}@social.example" if platform == "mastodon" else name


def office_files(
    answers: Answers, channels: Mapping[str, Channel], *, folder: str = ".", draft: bool = True
) -> Iterator[Offer]:
    """All files, named from the repository's top; `folder` is where the office lies from there.

    `draft` says whether a first draft is among them.
    """
    say = _Templates(answers.language)
    prefix = "" if folder == "." else f"{folder}/"
    ours = msg("{file} is there already. Add to it yourself:", file=f"{prefix}.gitignore")
    yield Offer(f"{prefix}.gitignore", say("gitignore"), ".kanal", ours)
    hooks = msg("{file} is there already. Add to its “repos:” yourself:", file=".pre-commit-config.yaml")
    yield Offer(".pre-commit-config.yaml", say("pre-commit-config.yaml") + _below(folder), "id: kanal-lint", hooks)
    yield from (Offer(f"{prefix}{offer.file}", offer.content) for offer in _config(say, answers, channels))
    if draft:
        yield from (Offer(f"{prefix}{offer.file}", offer.content) for offer in _draft(say, answers, channels))
    if answers.forge:
        yield from ci_offers(answers.forge, channels, folder)


def ci_offers(forge: System, channels: Mapping[str, Channel], folder: str) -> Iterator[Offer]:
    """The jobs of a CI system."""
    for file, text in wanted(forge, channels, folder):
        if file == INCLUDING:
            own = msg("{file} is there already. Add to its “include:” yourself:", file=file)
            yield Offer(file, text, INCLUDED, own)
        else:
            yield Offer(file, text)


def _config(say: "_Templates", answers: Answers, channels: Mapping[str, Channel]) -> Iterator[Offer]:
    land = f"state: {answers.land}" if answers.land else "# state: BB"
    yield Offer(
        "config/kanal.yaml",
        say("config/kanal.yaml", office=in_yaml(answers.office), state=land, language=answers.language),
    )
    platforms = {channel.platform for channel in channels.values()}
    more = [channel for channel in invented_channels(answers).values() if channel.platform not in platforms]
    known = [c for c in (*channels.values(), *more) if say.has(f"channel-{c.platform}.yaml")]
    blocks = [
        say(f"channel-{channel.platform}.yaml", name=channel.name, account=in_yaml(channel.account))
        for channel in known
    ]
    yield Offer("config/channels.yaml", say("config/channels.yaml") + "\n".join(blocks))
    packs = ["default", *(["bavaria-state"] if answers.state_authority else ())]
    packs += [] if answers.several else ["solo-office"]
    domain = answers.website.removeprefix("www.") if answers.website else ""
    yield Offer(
        "config/policy.yaml",
        say(
            "config/policy.yaml",
            extends=packs[0] if len(packs) == 1 else _listed(packs),
            domains=f"domains: {_listed([domain] if domain else [])}",
            approvers=f"approvers: {_listed(answers.approvers)}",
        ),
    )
    covered = [say("concept-channel.yaml", name=name) for name in channels]
    yield Offer("config/concept.yaml", say("config/concept.yaml", channels="\n".join([*covered, ""])))
    yield Offer("config/netiquette.md", say("config/netiquette.md", office=answers.office))


def _draft(say: "_Templates", answers: Answers, channels: Mapping[str, Channel]) -> Iterator[Offer]:
    from kanal.cli.beginning.picture import speech_bubbles

    name = FIRST_DRAFT[answers.language]
    used = [
        c for c in channels.values() if c.status is not ChannelStatus.ENDED and say.has(f"channel-{c.platform}.yaml")
    ]
    if not used:
        return
    pictured = any(channel.platform == FOR_PICTURES for channel in used)
    clickable = WHERE_LINKS_COST.isdisjoint(channel.platform for channel in used)
    text = say(
        "draft.yaml",
        channels=", ".join(channel.name for channel in used),
        website=say(f"draft-{'link' if clickable else 'source'}.yaml", website=answers.website)
        if answers.website
        else "",
        media=say("draft-picture.yaml") if pictured else "",
    )
    yield Offer(f"posts/{name}.yaml", text)
    if pictured:
        yield Offer(f"posts/media/{name}.jpg", speech_bubbles())


def _below(folder: str) -> str:
    """What the hook needs to know where the office is not the whole repository."""
    if folder == ".":
        return ""
    entry, files = f"kanal --project {shlex.quote(folder)} lint", f"^{re.escape(folder)}/"
    return f"        entry: {_quoted(entry)}\n        files: {_quoted(files)}\n"


class _Templates:
    """The templates in one language, filled in."""

    def __init__(self, language: str) -> None:
        self._folder = TEMPLATES / language

    def __call__(self, name: str, /, **values: str) -> str:
        return Template((self._folder / name).read_text(encoding="utf-8")).substitute(values)

    def has(self, name: str) -> bool:
        """Whether there is such a template."""
        return (self._folder / name).is_file()


def in_yaml(text: str) -> str:
    """The text as a value in a line or a list: as it is, or in quotation marks where YAML would read something else."""
    if parse(f"- [{text}, x]\n- {text}\n", "").value == [[text, "x"], text]:
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _listed(words: list[str] | tuple[str, ...]) -> str:
    return f"[{', '.join(map(in_yaml, words))}]"
