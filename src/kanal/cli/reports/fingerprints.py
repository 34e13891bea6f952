"""By which sign a finding is known again in the next run, when lines have moved.

It must not know the line, the column, or the reader's language.
"""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from kanal.model import Finding


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """One hex digest for each finding, all different: rule, file, field and sentence, and which of several alike."""
    seen: Counter[str] = Counter()
    digests = []
    for finding in findings:
        sign = "\0".join((finding.rule, finding.file, finding.field, str(finding.message)))
        digests.append(sha256(f"{sign}\0{seen[sign]}".encode(errors="backslashreplace")).hexdigest())
        seen[sign] += 1
    return digests
