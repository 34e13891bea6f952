"""What is left of HTML when nothing but its words is wanted: paragraphs and lists as lines, everything else gone.

Scripts, styles, comments, and signs that turn or hide text do not get through. It must not know feeds.
"""

import re
import unicodedata
from html.parser import HTMLParser

_HIDDEN = frozenset({"script", "style", "head", "template", "noscript", "iframe", "object", "svg", "math", "textarea"})
_BLOCKS = frozenset(
    {
        *(
            "p",
            "div",
            "section",
            "article",
            "header",
            "footer",
            "blockquote",
            "pre",
            "table",
            "ul",
            "ol",
            "dl",
            "figure",
        ),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
    }
)
_LINES = frozenset({"br", "li", "tr", "dt", "dd", "figcaption", "hr"})
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain_text(html: str) -> str:
    """The words of an HTML fragment, or of plain text; at most one empty line between paragraphs."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tidy("".join(reader.pieces))


def tidy(text: str) -> str:
    """The text without signs that nobody sees, and with blanks and empty lines in order."""
    seen = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cf", "Co", "Cs"})
    lines = (_BLANKS.sub(" ", line).strip() for line in seen.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Collects the words; `_within` counts the hidden elements around them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._within = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._within += 1
        self._break(tag)
        if tag == "li":
            self.pieces.append("– ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._within = max(0, self._within - 1)
        if tag in _BLOCKS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.pieces.append(data.replace("\n", " ").replace("\r", " "))

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n\n")
        elif tag in _LINES:
            self.pieces.append("\n")
