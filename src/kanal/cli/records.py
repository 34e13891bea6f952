"""The record as pages: one per post, and a list of them. No script, nothing from outside; every value is escaped.

It must not know where events come from, nor write files.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from kanal.cli.extras import in_words
from kanal.cli.log import EVENTS
from kanal.language import Speech
from kanal.ledger import Event, EventKind, Ledger
from kanal.ledger.chain import NOTHING, Line
from kanal.message import mark, msg
from kanal.model import DeliveryKey, Part, Warrant

_GONE = frozenset({EventKind.RETRACTED, EventKind.REPLACED})
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1a1a1a; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-top: 1px solid #bbb; padding-top: 1rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .3rem .8rem
.3rem 0; border-bottom: 1px solid #ddd; } dt { font-weight: 600; margin-top: .6rem; } dd { margin: 0; }
.text { white-space: pre-wrap; background: #f4f4f4; padding: .8rem; } .mark { font: .85rem ui-monospace, monospace;
overflow-wrap: anywhere; } .wide { overflow-x: auto; }
"""


def file_name(draft: str) -> str:
    """The page of a draft; what would not do as a file's name is replaced by its digest."""
    plain = re.fullmatch(r"[a-z0-9][a-z0-9-]{0,99}", draft)
    return f"{draft if plain else hashlib.sha256(draft.encode()).hexdigest()[:16]}.html"


def index_page(drafts: Mapping[str, Sequence[Event]], ledger: Ledger, lines: Sequence[Line], say: Speech) -> str:
    """All posts, newest first, and where the chain ends."""
    newest = sorted(drafts.items(), key=lambda item: item[1][-1].number, reverse=True)
    rows = [
        [
            f'<a href="posts/{escape(file_name(draft))}">{escape(draft)}</a>',
            escape(", ".join(dict.fromkeys(event.key.channel for event in events))),
            escape(say.time(events[-1].at)),
        ]
        for draft, events in newest
    ]
    head = lines[-1].head if lines else NOTHING
    ends = say(msg("{count} events; the chain ends with", count=len(lines)))
    table = _table([mark("draft"), mark("channels"), mark("last event")], rows, say)
    end = f'<p>{escape(ends)} <span class="mark">{escape(head.mark)}</span></p>'
    return _page(say(msg("Record of “{name}”", name=ledger.name)), table + end, say)


def post_page(draft: str, events: Sequence[Event], ledger: str, say: Speech) -> str:
    """All that the ledger holds about one draft."""
    keys = dict.fromkeys(event.key for event in events)
    parts = [_delivery(key, [event for event in events if event.key == key], say) for key in keys]
    back = f'<p><a href="../index.html">{escape(say(msg("Record of “{name}”", name=ledger)))}</a></p>'
    return _page(draft, back + "".join(parts), say)


def _delivery(key: DeliveryKey, events: Sequence[Event], say: Speech) -> str:
    more = f" ({key.part}/{key.revision})" if (key.part, key.revision) != (1, 1) else ""
    out = [f"<h2>{escape(key.channel + more)}</h2>"]
    claims = _said(events)
    for claim in claims:
        if claim.prepared and claim.kind is EventKind.CORRECTING:
            out.append(f"<h3>{escape(say(msg('Corrected at {time}', time=claim.at)))}</h3>")
        if claim.prepared:
            out.append(_content(claim, claim.prepared.part, say))
    facts: list[tuple[str, str]] = []
    last = next((event for event in reversed(events) if event.receipt), None)
    receipt = last.receipt if last else None
    if last and receipt and last.kind is EventKind.HANDED_OVER:
        facts.append((mark("handed over, goes out at"), escape(say.time(receipt.at))))
    elif receipt:
        facts += [(mark("published at"), escape(say.time(receipt.at))), (mark("id"), escape(receipt.id))]
        facts += [(mark("address"), _link(receipt.url))] if receipt.url else []
    gone = next((event for event in events if event.kind in _GONE), None)
    facts += [(mark("taken down at"), escape(say.time(gone.at)))] if gone else []
    warrant = claims[-1].warrant if claims and claims[-1].warrant else Warrant()
    if warrant.approval:
        approved = msg("{name}, {time}", name=warrant.approval.name, time=warrant.approval.at)
        facts.append((mark("approved by"), escape(say(approved))))
    facts += [(mark("waived"), escape(f"{waiver.rule}: {waiver.reason} ({waiver.name})")) for waiver in warrant.waivers]
    return "".join([*out, _facts(facts, say), _history(events, say)])


def _said(events: Sequence[Event]) -> list[Event]:
    """The events that hold what it says: its last claim, and the corrections that came about."""
    found = [event for event in events if event.kind is EventKind.CLAIMED][-1:]
    begun: Event | None = None
    for event in events:
        if event.kind is EventKind.CORRECTED and begun:
            found.append(begun)
        begun = event if event.kind is EventKind.CORRECTING else None
    return found


def _content(claim: Event, part: Part, say: Speech) -> str:
    out = [f'<div class="text" lang="{escape(part.language)}">{escape(part.text)}</div>']
    facts = [(mark("link"), _link(part.link))] if part.link else []
    facts += [(mark("more"), escape(say(extra))) for extra in in_words(part)]
    for number, picture in enumerate(part.media):
        about = ", ".join(filter(None, [picture.credit, picture.licence]))
        digest = claim.media[number] if number < len(claim.media) else ""
        shown = f"{escape(picture.file.name)}<br>{escape(picture.alt)}<br>{escape(about)}"
        facts.append((mark("media"), f'{shown}<br><span class="mark">SHA-256 {escape(digest)}</span>'))
    facts.append((mark("digest"), f'<span class="mark">SHA-256 {escape(claim.digest)}</span>'))
    return "".join(out) + _facts(facts, say)


def _history(events: Iterable[Event], say: Speech) -> str:
    rows = [
        [
            str(event.number),
            escape(say.time(event.at)),
            escape(say.plain(EVENTS[str(event.kind)])),
            escape(say(event.reason)) if event.reason else "",
            escape(event.by),
            f'<span class="mark">{escape(event.mark)}</span>',
        ]
        for event in events
    ]
    titles = [mark("number"), mark("time"), mark("event"), mark("reason"), mark("by"), mark("mark")]
    return _table(titles, rows, say)


def _link(url: str) -> str:
    """An address to click, if it is one of the web."""
    if url.startswith(("https://", "http://")):
        return f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>'
    return escape(url)


def _facts(facts: Sequence[tuple[str, str]], say: Speech) -> str:
    items = "".join(f"<dt>{escape(say.plain(title))}</dt><dd>{value}</dd>" for title, value in facts)
    return f"<dl>{items}</dl>" if items else ""


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]], say: Speech) -> str:
    head = "".join(f'<th scope="col">{escape(say.plain(title))}</th>' for title in titles)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _page(title: str, body: str, say: Speech) -> str:
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{say.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )
