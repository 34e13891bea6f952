"""Which files git tracks: the rules about files look at all of them, not only at drafts.

It must not know any rule.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kanal.calling_git import AS_IT_IS, Done


@contextmanager
def tracked(root: Path) -> Iterator[Callable[[], list[str]]]:
    """Ask git what it tracks below `root`, and go on meanwhile; the call waits for the answer.

    Without git, configuration and drafts.
    """
    with ExitStack() as stack:
        try:
            end = stack.enter_context(AS_IT_IS.beside(root, "ls-files", "-z", "--", "."))
        except OSError:
            yield lambda: _usual(root)
        else:
            yield lambda: _names(root, end())


def _names(root: Path, listed: Done) -> list[str]:
    return _usual(root) if listed.code else [name for name in listed.text.split("\0") if name]


def _usual(root: Path) -> list[str]:
    below = [*(root / "config").rglob("*"), *(root / "posts").rglob("*.y*ml")]
    return sorted(path.relative_to(root).as_posix() for path in below if path.is_file())
