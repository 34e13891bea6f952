"""Rule: no credential stands in a file that git tracks."""

from collections.abc import Iterator

from kanal.message import Message, msg
from kanal.model import Place
from kanal.rules import file_rule
from kanal.text.pattern import Pattern

# What the networks' tokens look like; anything long and mixed behind a telling key is caught by _KEYED.
_SHAPES = (
    ("Meta", Pattern(r"\bEAA[A-Za-z0-9]{40,}", "EAA")),
    ("Instagram", Pattern(r"\bIG(?:QV|AA)[A-Za-z0-9_-]{40,}", "IGQV", "IGAA")),
    ("X", Pattern(r"\bA{15,}[A-Za-z0-9%]{30,}", "A" * 15)),
    ("X", Pattern(r"(?<!\w)[0-9]{5,20}-[A-Za-z0-9]{30,50}\b")),
)
# A file has fewer hyphens than digits.
_BEHIND_DIGITS = Pattern(r"-(?<=[0-9]{5}-)[A-Za-z0-9]{30}")
_KEYED = Pattern(
    r"(?i)(?:token|secret|password|passwd|api[_-]?key|consumer[_-]?key)[\"']?\s*[:=]\s*[\"']?(?P<value>[A-Za-z0-9_+/=.%-]{24,})",
    *("token", "secret", "password", "passwd", "key"),
)


@file_rule("error")
def check(text: str) -> Iterator[tuple[Place, Message]]:
    """A token in a repository is a token in everybody's hands: whoever reads it can post in the office's name.

    Credentials belong into the environment (KANAL_<CHANNEL>_<NAME>), into a file outside the repository, or into the
    system's keyring. The finding never shows the token.

    Source: Art. 32 GDPR (security of processing); the networks' terms for developers.

    Good:
        variables:
          KANAL_MASTODON_ACCESS_TOKEN_FILE: /run/secrets/mastodon
    Bad:
        variables:
          KANAL_MASTODON_ACCESS_TOKEN: TOKEN
    """
    if not any(shape.search(text) for shape in (*(shape for _, shape in _SHAPES[:-1]), _BEHIND_DIGITS, _KEYED)):
        return
    for number, line in enumerate(text.splitlines(), 1):
        for network, shape in _SHAPES:
            found = shape.search(line)
            if found:
                yield (
                    Place(number, found.start() + 1),
                    msg("This looks like an access token for {network}. Take it out, and revoke it.", network=network),
                )
                break
        else:
            keyed = _KEYED.search(line)
            if keyed and _looks_random(keyed["value"]):
                yield (
                    Place(number, keyed.start("value") + 1),
                    msg("This looks like a credential. Take it out of the file, and make a new one."),
                )


def _looks_random(value: str) -> bool:
    """Letters and digits mixed, as generated values are and words are not."""
    kinds = (str.islower, str.isupper, str.isdigit)
    return sum(any(kind(sign) for sign in value) for kind in kinds) == len(kinds) and len(set(value)) > 12  # noqa: PLR2004
