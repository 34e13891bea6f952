"""A rule's docstring in pieces: its summary, what it says before the examples, and the whole as Markdown.

It must not know any single rule, nor run the examples.
"""

from inspect import cleandoc

EXAMPLES = ("Good:", "Bad:")


def summary(manual: str) -> str:
    """The first line."""
    return cleandoc(manual).partition("\n")[0]


def prose(manual: str) -> str:
    """All paragraphs before the first example."""
    lines = cleandoc(manual).splitlines()
    end = next((number for number, line in enumerate(lines) if line in EXAMPLES), len(lines))
    return "\n".join(lines[:end]).rstrip()


def as_markdown(manual: str) -> str:
    """The whole docstring, with the examples as fenced blocks."""
    lines: list[str] = []
    inside = False
    for line in cleandoc(manual).splitlines():
        if inside and line.strip() and not line.startswith("    "):
            lines += ["```", ""]
            inside = False
        if line in EXAMPLES:
            lines += [line, "", "```yaml"]
            inside = True
        else:
            lines.append(line.removeprefix("    ") if inside else line)
    return "\n".join([*lines, "```"] if inside else lines)
