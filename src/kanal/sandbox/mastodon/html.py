"""How Mastodon turns a plain text into the HTML of a status (app/lib/text_formatter.rb)."""

import re
from html import escape

_TAG = re.compile(r"(?<![\w/&])#(\w*[^\W\d]\w*)")
_SHOWN_CHARACTERS = 30


def to_html(text: str) -> str:
    """Paragraphs, line breaks, shortened links and hashtags; everything else escaped."""
    paragraphs = re.split(r"\n{2,}", text.replace("\r\n", "\n").strip("\n"))
    return "".join(f"<p>{_marked(part).replace(chr(10), '<br />')}</p>" for part in paragraphs) if text else ""


def _marked(text: str) -> str:
    from kanal.text.links import web_links

    parts, place = [], 0
    for link in web_links(text):
        parts += [_tagged(text[place : link.start]), _link(link.url)]
        place = link.end
    return "".join([*parts, _tagged(text[place:])])


def _tagged(text: str) -> str:
    parts, place = [], 0
    for found in _TAG.finditer(text):
        parts += [_escaped(text[place : found.start()]), _tag(found[1])]
        place = found.end()
    return "".join([*parts, _escaped(text[place:])])


def _link(url: str) -> str:
    prefix, rest = re.fullmatch(r"(https?://(?:www\.)?)(.*)", url, re.DOTALL).groups()  # type: ignore[union-attr] # _MARKED found it
    shown, hidden = rest[:_SHOWN_CHARACTERS], rest[_SHOWN_CHARACTERS:]
    ellipsis = ' class="ellipsis"' if hidden else ' class=""'
    return (
        f'<a href="{_escaped(url)}" target="_blank" rel="nofollow noopener noreferrer">'
        f'<span class="invisible">{_escaped(prefix)}</span><span{ellipsis}>{_escaped(shown)}</span>'
        f'<span class="invisible">{_escaped(hidden)}</span></a>'
    )


def _tag(name: str) -> str:
    return f'<a href="/tags/{_escaped(name)}" class="mention hashtag" rel="tag">#<span>{_escaped(name)}</span></a>'


def _escaped(text: str) -> str:
    return escape(text).replace("&#x27;", "&#39;")
