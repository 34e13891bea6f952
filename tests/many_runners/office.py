"""An office with many due drafts, a text of its own each, on four channels."""

from pathlib import Path

CHANNELS = ("mastodon", "x", "facebook", "instagram")
_CHANNELS = """\
channels:
  mastodon: {platform: mastodon, account: amt@social.example, status: active}
  x: {platform: x, account: amt, status: active}
  facebook: {platform: facebook, account: "100000000000001", status: active}
  instagram: {platform: instagram, account: "17840000000000001", status: active}
"""
_POLICY = """\
extends: default
rules:
  approval/missing: off
  time/collision: off
  time/quiet-hours: off
"""
_DRAFT = """\
id: {name}
channels: [mastodon, x, facebook, instagram]
text: Die Kreisstraße {number} ist am Montag wegen Baumpflege gesperrt.
variants:
  instagram:
    media:
      - {{file: media/bild.jpg, alt: Eine Straße zwischen Bäumen, credit: Landkreis, licence: CC BY 4.0}}
"""


def make_office(folder: Path, drafts: int) -> None:
    """Write configuration, a small picture and the drafts `meldung-0`, `meldung-1` … into `folder`."""
    from PIL import Image

    (folder / "config").mkdir(parents=True)
    (folder / "posts" / "media").mkdir(parents=True)
    (folder / "config" / "kanal.yaml").write_text("office: Amt\nlanguage: en\n", encoding="utf-8")
    (folder / "config" / "channels.yaml").write_text(_CHANNELS, encoding="utf-8")
    (folder / "config" / "policy.yaml").write_text(_POLICY, encoding="utf-8")
    Image.new("RGB", (400, 400), (120, 150, 90)).save(folder / "posts" / "media" / "bild.jpg", quality=60)
    for number in range(drafts):
        name = f"meldung-{number}"
        (folder / "posts" / f"{name}.yaml").write_text(_DRAFT.format(name=name, number=number), encoding="utf-8")
