"""The timeline pages as files, so that one can look at them after the practice networks have ended.

It reads the running server's pages like a browser and makes their links relative. It must not know what is on them.
"""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote
from urllib.request import ProxyHandler, build_opener

SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "text/css": ".css"}
LOCAL = re.compile(r'(?P<attribute>href|src)="(?P<path>/[^"#]*)')
UNSAFE = re.compile(r"[^A-Za-z0-9@._-]")


def save(address: str, folder: Path) -> Path:
    """Write the timeline at `address` and everything it links to on that server into `folder`; its first page's path.

    Raises `OSError` when the server does not answer or the disk does not take it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    opener = build_opener(ProxyHandler({}))
    names: dict[str, str] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        with opener.open(address.rstrip("/") + path, timeout=10) as answer:
            kind, content = answer.headers.get_content_type(), answer.read()
        names[path] = _name(path, kind)
        if kind == "text/html":
            linked = {found["path"] for found in LOCAL.finditer(content.decode())}
            waiting += sorted(linked - names.keys() - set(waiting))
        (folder / names[path]).write_bytes(content)
    for name in names.values():
        if name.endswith(".html"):
            _relink(folder / name, names.__getitem__)
    return folder / names["/"]


def _name(path: str, kind: str) -> str:
    """A file name for a path of the server, safe on every system."""
    if path == "/":
        return "index.html"
    name = UNSAFE.sub("_", unquote(path).strip("/"))
    suffix = SUFFIXES.get(kind, ".html")
    return name if name.endswith(suffix) else name + suffix


def _relink(page: Path, name_of: Callable[[str], str]) -> None:
    text = page.read_bytes().decode()
    page.write_bytes(LOCAL.sub(lambda found: f'{found["attribute"]}="{name_of(found["path"])}', text).encode())
