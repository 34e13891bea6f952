"""An office's folder for measuring: four channels, any number of drafts, one picture."""

from pathlib import Path

CHANNELS = """\
channels:
  mastodon: {platform: mastodon, account: amt@social.example, status: active}
  x: {platform: x, account: amt, status: active}
  facebook: {platform: facebook, account: "100000000000001", status: active}
  instagram: {platform: instagram, account: "17840000000000001", status: active}
"""
DRAFT = """\
id: meldung-{number}
type: announcement
channels: [mastodon, x, facebook, instagram]
text: |
  Meldung {number}: Die Kreisstraße {number} ist am Montag wegen Baumpflege gesperrt.
  Eine Umleitung ist ausgeschildert. #Verkehr
media:
  - file: media/bild.jpg
    alt: Eine Straße zwischen Bäumen im Herbst
    credit: Landkreis Musterland
    licence: CC BY 4.0
"""


def make_office(folder: Path, drafts: int) -> None:
    """Write configuration, a picture and `drafts` drafts into `folder`."""
    from PIL import Image

    (folder / "config").mkdir(parents=True)
    (folder / "posts" / "media").mkdir(parents=True)
    (folder / "config" / "kanal.yaml").write_text("office: Amt\nlanguage: en\n", encoding="utf-8")
    (folder / "config" / "channels.yaml").write_text(CHANNELS, encoding="utf-8")
    policy = "rules: {approval/missing: off}\n"
    (folder / "config" / "policy.yaml").write_text(policy, encoding="utf-8")
    Image.new("RGB", (1200, 900), (120, 150, 90)).save(folder / "posts" / "media" / "bild.jpg", quality=80)
    for number in range(drafts):
        below = folder / "posts" / f"{number // 1000:02}"
        below.mkdir(exist_ok=True)
        (below / f"meldung-{number:05}.yaml").write_text(DRAFT.format(number=number), encoding="utf-8")
