"""Whose valid signature a commit carries. It must not know drafts."""

from functools import cache
from pathlib import Path

from kanal.approval.git import GitFailed, ask


class Signatures:
    """The signatures of one repository; each commit is verified once."""

    def __init__(self, root: Path) -> None:
        self._ask = cache(lambda commit: _signer(root, commit))

    def signer(self, commit: str) -> str | None:
        """Who signed, in the words of the key (an SSH principal, an OpenPGP user id); None without a valid signature.

        Which keys are known is git's business: `gpg.ssh.allowedSignersFile`, or the keyring of GnuPG.
        """
        return self._ask(commit)


def _signer(root: Path, commit: str) -> str | None:
    try:
        ask(root, "verify-commit", commit)
        good, _, signer = ask(root, "log", "-1", "--format=%G?%x00%GS", commit).strip().partition("\0")
    except GitFailed:
        return None
    return signer if good in {"G", "U"} and signer else None
