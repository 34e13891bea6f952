"""Feeds for tests. Not a test itself."""

from html import escape

HEAD = '<?xml version="1.0" encoding="{encoding}"?>\n'
RSS = """<rss version="2.0"><channel><title>Presse: Landkreis Musterland</title>
<link>https://www.landkreis-musterland.example/presse</link>{items}</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Presse</title><id>urn:a</id>
<entry><id>urn:a:1</id><title type="html">Brücke &amp;amp; Straße gesperrt</title>
<updated>2026-11-20T09:00:00Z</updated>
<link href="https://www.landkreis-musterland.example/presse/1"/><summary>Ab Montag.</summary></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Presse", "items": [
{"id": "j1", "url": "https://www.landkreis-musterland.example/presse/1", "title": "Brücke gesperrt",
 "content_html": "<p>Ab <b>Montag</b>.</p>", "date_published": "2026-11-20T10:00:00+01:00"}]}"""


def item(
    title: str = "Öffnungszeiten im Bürgerbüro",
    text: str = "<p>Das Bürgerbüro öffnet am Samstag.</p>",
    *,
    name: str = "https://www.landkreis-musterland.example/presse/4711",
    link: str = "https://www.landkreis-musterland.example/presse/4711",
    published: str = "Fri, 20 Nov 2026 10:00:00 +0100",
) -> str:
    """One entry of an RSS feed."""
    said = {"title": title, "description": text, "guid": name, "link": link, "pubDate": published}
    return "<item>" + "".join(f"<{key}>{escape(value)}</{key}>" for key, value in said.items()) + "</item>"


def rss(*items: str, encoding: str = "utf-8") -> bytes:
    """An RSS feed with these entries."""
    return (HEAD.format(encoding=encoding) + RSS.format(items="".join(items))).encode(encoding)
