"""One finding to report, and variations of it."""

from kanal.language import Speech
from kanal.message import msg
from kanal.model import Finding, Place, Severity

SAY = Speech("en")
FOUND = Finding("privacy/iban", Severity.ERROR, "posts/straße.yaml", Place(3, 7), "text", msg("Take it out."), width=22)


def with_message(text: str) -> Finding:
    return FOUND._replace(message=msg("{text}", text=text))
