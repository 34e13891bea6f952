"""What `plan` shows: each post as its network will show it, with counts, media, time and price."""

import sys
from collections.abc import Sequence
from decimal import Decimal

from kanal.abilities.telling import HasPrice
from kanal.cli.desk import Desk
from kanal.cli.extras import in_words
from kanal.cli.networks import Ledgers
from kanal.cli.pictures import picture_json, shown
from kanal.cli.sending import Job
from kanal.cli.show import write_json
from kanal.cli.terminal import Piece, table, write
from kanal.compose import Post, content_digest
from kanal.ledger import Standing, State
from kanal.message import Message, mark, msg, msgn
from kanal.model import Outcome
from kanal.part_extras import extras_out
from kanal.platforms import adapter_class
from kanal.publish.planning import Step

RULE = 79


def preview(steps: Sequence[Step], ledgers: Ledgers, job: Job, desk: Desk, *, hand_over: bool = False) -> None:
    """Every post that is not out yet, in full, and a summary; with `hand_over`, what handing over would do."""
    for step in steps:
        if step.outcome is not Outcome.ALREADY:
            what = _what(step, ledgers, job, hand_over=hand_over)
            post_in_full(step, desk, what, adapt=job.project.policy.adapt)
    already = sum(step.outcome is Outcome.ALREADY for step in steps)
    due = sum(step.outcome is None for step in steps)
    say = desk.say
    would = msgn("{count} delivery would be sent.", "{count} deliveries would be sent.", due)
    if hand_over:
        would = msgn("{count} delivery would be handed over.", "{count} deliveries would be handed over.", due)
    write(say(would))
    if already:
        write(say(msgn("{count} is already out.", "{count} are already out.", already)))
    cost = sum((price_of(step.post) or Decimal() for step in steps if step.post and step.outcome is None), Decimal())
    if cost:
        write(
            say(
                msg(
                    "Price on the real network: {amount} US dollars, charged by X.",
                    amount=round(float(cost), 3),
                )
            )
        )


def preview_json(steps: Sequence[Step], ledgers: Ledgers, job: Job, desk: Desk, *, hand_over: bool = False) -> None:
    """The same for programs."""
    deliveries = []
    for step in steps:
        post, price = step.post, price_of(step.post) if step.post else None
        deliveries.append(
            {
                "draft": step.key.draft,
                "channel": step.key.channel,
                "part": step.key.part,
                "revision": step.key.revision,
                "outcome": str(step.outcome) if step.outcome else None,
                "url": None,
                "at": step.at.isoformat() if step.at else None,
                "since": step.since.isoformat() if step.since else None,
                "reason": None
                if step.outcome is Outcome.ALREADY
                else desk.say(_what(step, ledgers, job, hand_over=hand_over)),
                "live": job.is_live(step.key.channel),
                "text": post.part.text if post else None,
                "link": post.part.link if post else None,
                "length": post.limits.length(post.part) if post else None,
                "limit": post.limits.text if post else None,
                "media": [picture_json(picture, post, adapt=job.project.policy.adapt) for picture in post.part.media]
                if post
                else [],
                "extras": _extras(post),
                "price_usd": str(price) if price is not None else None,
            }
        )
    summary = {"due": sum(step.outcome is None for step in steps)}
    summary |= {str(outcome): sum(step.outcome is outcome for step in steps) for outcome in Outcome}
    write_json({"deliveries": deliveries, "summary": summary})


def _extras(post: Post | None) -> dict[str, object]:
    """What the part says besides, by the draft's words; its number stands as `part` already."""
    return extras_out(post.part._replace(number=1)) if post else {}


def overview(steps: Sequence[Step], job: Job, desk: Desk) -> None:
    """A line per delivery, to stderr, shown before the question whether to send."""
    say = desk.say
    kinds = {True: say.plain(mark("real")), False: say.plain(mark("practice"))}
    head = [say.plain(title) for title in (mark("draft"), mark("channel"), mark("network"), mark("length"))]
    rows: list[list[Piece]] = [
        [
            step.key.draft,
            f"{step.key.channel} ({step.key.part})" if step.key.part > 1 else step.key.channel,
            kinds[job.is_live(step.key.channel)],
            _length(step.post) if step.post else "",
        ]
        for step in steps
    ]
    table(head, rows, to=sys.stderr)


def price_of(post: Post) -> Decimal | None:
    """What the network charges for the post, in US dollars; None where it charges nothing."""
    platform = adapter_class(post.channel.platform)
    return platform.price(post.part) if isinstance(platform, HasPrice) else None


def _what(step: Step, ledgers: Ledgers, job: Job, *, hand_over: bool) -> Message:
    """What `publish` would do with the step, or `publish --hand-over`."""
    if step.reason:
        return step.reason
    if step.doubt:
        return msg("Nobody knows yet whether it is out; the network is asked first.")
    standing = ledgers.of(job.channels[step.key.channel], sandbox=job.sandbox).standing(step.key)
    if hand_over:
        lies = standing and standing.state is State.HANDED_OVER
        is_new = msg("Is handed over to the network, which publishes it then.")
        return msg("Takes the place of what lies with the network.") if lies else is_new
    return _sent(step, standing, live=job.is_live(step.key.channel))


def _sent(step: Step, standing: Standing | None, *, live: bool) -> Message:
    if standing and standing.state is State.REJECTED and step.post:
        if standing.digest == content_digest(step.post.part):
            return msg("Rejected before, and not changed since: {reason}", reason=standing.reason or "")
        return msg("Is sent again, since it was changed after the rejection.")
    if standing and standing.retry_at:
        return msg("Is sent, but not before {time}.", time=standing.retry_at)
    return msg("Is sent.") if live else msg("Is sent to the practice network.")


def post_in_full(step: Step, desk: Desk, what: Message, *, adapt: bool) -> None:
    """A post as its network will show it, and `what` is to happen with it. `adapt` as in the policy."""
    say = desk.say
    write((title(step).ljust(RULE, "─"), "bold"))
    if step.post is None:
        write(f"  {say(what)}")
        write()
        return
    post = step.post
    for line in post.part.text.splitlines():
        write(f"  {line}".rstrip())
    if post.part.link:
        write(say(msg("  Link: {link}", link=post.part.link)))
    for media in post.part.media:
        for note in shown(media, post, adapt=adapt):
            write(say(note))
    for extra in in_words(post.part):
        write(f"  {say(extra)}")
    facts = [say(msg("{length} characters", length=_length(post)))]
    if step.at:
        facts.append(say(msg("time: {time}", time=step.at)))
    price = price_of(post)
    if price is not None:
        facts.append(say(msg("price: ${price}", price=float(price))))
    write(f"  [{', '.join(facts)}]")
    write(f"  {say(what)}")
    write()


def _length(post: Post) -> str:
    return f"{post.limits.length(post.part)}/{post.limits.text}"


def title(step: Step) -> str:
    """Which post it is, on a line of its own."""
    part = f" ({step.key.part})" if step.key.part > 1 else ""
    return f"── {step.key.draft} → {step.key.channel}{part} "
