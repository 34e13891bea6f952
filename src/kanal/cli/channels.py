"""`kanal channels` and `kanal schema`: what is configured, and what the files may hold."""

from enum import StrEnum
from typing import Annotated

import typer

from kanal.cli import show
from kanal.cli.desk import Desk
from kanal.cli.publish import FormatOption
from kanal.cli.terminal import Piece, table
from kanal.message import mark


def channels(context: typer.Context, form: FormatOption = show.Format.TEXT) -> None:
    """The channels of the office: platform, account, life cycle, practice or real, credentials."""
    from kanal.login.finding import find

    desk: Desk = context.obj
    project = desk.project()
    say = desk.say
    listed = []
    for channel in project.channels.values():
        missing = find(channel, desk.environ).missing if channel.live else ()
        listed.append((channel, missing))
    if form is show.Format.JSON:
        show.write_json(
            {
                "channels": [
                    {
                        "channel": channel.name,
                        "platform": channel.platform,
                        "account": channel.account,
                        "status": str(channel.status),
                        "start": channel.start.isoformat() if channel.start else None,
                        "live": channel.live,
                        "page": channel.page,
                        "missing_credentials": list(missing),
                    }
                    for channel, missing in listed
                ],
                "summary": {"channels": len(listed), "live": sum(channel.live for channel, _ in listed)},
            }
        )
        return
    titles = (mark("channel"), mark("platform"), mark("account"), mark("status"), mark("start"), mark("network"))
    kinds = {True: say.plain(mark("real")), False: say.plain(mark("practice"))}
    rows: list[list[Piece]] = [
        [
            c.name,
            c.platform,
            c.account,
            say.plain(STATUS[str(c.status)]),
            f"{c.start or ''}",
            _kind(kinds[c.live], missing, say.plain(mark("missing"))),
        ]
        for c, missing in listed
    ]
    table([say.plain(title) for title in titles], rows)


STATUS = {"planned": mark("planned"), "active": mark("active"), "paused": mark("paused"), "ended": mark("ended")}


def _kind(kind: str, missing: tuple[str, ...], word: str) -> str:
    return f"{kind} ({word}: {', '.join(missing)})" if missing else kind


class Schema(StrEnum):
    """The files that have a schema."""

    DRAFT = "draft"
    KANAL = "kanal"
    CHANNELS = "channels"
    POLICY = "policy"
    CONCEPT = "concept"
    HOLD = "hold"
    PAUSE = "pause"
    TEMPLATE = "template"
    QUESTIONS = "questions"


def schema(file: Annotated[Schema, typer.Argument(help=mark("Which file."))] = Schema.DRAFT) -> None:
    """JSON Schema of a file, for editors."""
    from kanal.config.brakes import HOLD, PAUSE
    from kanal.config.channels import CHANNELS
    from kanal.config.concept import CONCEPT
    from kanal.config.office import OFFICE
    from kanal.config.policy import POLICY
    from kanal.draft_fields import DRAFT
    from kanal.drafting.template_fields import QUESTIONS, TEMPLATE

    of_office = {Schema.KANAL: OFFICE, Schema.CHANNELS: CHANNELS, Schema.POLICY: POLICY, Schema.CONCEPT: CONCEPT}
    of_drafts = {Schema.DRAFT: DRAFT, Schema.TEMPLATE: TEMPLATE, Schema.QUESTIONS: QUESTIONS}
    found = {**of_office, **of_drafts, Schema.HOLD: HOLD, Schema.PAUSE: PAUSE}[file].json_schema()
    show.write_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **found})
