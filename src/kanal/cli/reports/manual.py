"""A rule's manual page in the reader's language, in pieces: its summary, what it says, and the whole as Markdown.

It must not know any single rule, nor run the examples.
"""

from kanal.language import Speech
from kanal.message import msg
from kanal.rules.manual import Example, Manual


def summary(page: Manual, say: Speech) -> str:
    """What the rule asks for, in a sentence."""
    return say.plain(page.summary) if page.summary else ""


def prose(page: Manual, say: Speech) -> str:
    """Everything but the examples."""
    options = (f"{name}: {say.plain(what)}" for name, what in page.options.items())
    sources = (say(msg("Source: {source}", source=say.plain(source))) for source in page.sources)
    return "\n\n".join([*map(say.plain, page.paragraphs), *options, *sources])


def as_markdown(page: Manual, say: Speech) -> str:
    """The whole page, with the examples as fenced blocks."""
    return "\n\n".join(filter(None, [prose(page, say), *(_example(example, say) for example in page.examples)]))


def _example(example: Example, say: Speech) -> str:
    word = say.plain(example.heading)
    option = f" ({': '.join(example.option)})" if example.option else ""
    return f"{word}{option}\n\n```yaml\n{example.text}```"
