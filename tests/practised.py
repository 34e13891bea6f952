"""The four adapters, plugged into running practice networks: what every test of the way there needs."""

from collections.abc import Mapping
from pathlib import Path

from kanal.adapter import Adapter
from kanal.model import Channel, ChannelStatus, Part, Picture, Secret, StagingPlace
from kanal.platforms import adapter_class
from kanal.sandbox import Practice

ACCOUNTS: Mapping[str, str] = {
    "mastodon": "landkreis@social.example",
    "x": "landkreis",
    "facebook": "100200300400500",
    "instagram": "17841400000000001",
}


def plugged_in(
    practice: Practice,
    platform: str,
    *,
    staging: Path | None = None,
    urls: Mapping[str, str] | None = None,
    credentials: Mapping[str, str] | None = None,
) -> Adapter:
    """The adapter of the practice account. `urls` replaces the networks' own addresses, `staging` is their folder.

    `credentials` replaces those that the network gave out.
    """
    account = ACCOUNTS[platform]
    issued = practice.admit(platform, account, "Landkreis Musterland")
    place = StagingPlace(str(staging), f"{practice.address}staging/") if staging else None
    channel = Channel(
        name=platform,
        platform=platform,
        account=account,
        status=ChannelStatus.ACTIVE,
        urls=practice.urls(platform) if urls is None else urls,
        staging=place,
    )
    return adapter_class(platform)(
        channel, {name: Secret(value) for name, value in {**issued, **(credentials or {})}.items()}
    )


def pictures(folder: Path, count: int) -> tuple[Picture, ...]:
    """Different JPEG files that every network takes."""
    from PIL import Image

    made = []
    for number in range(count):
        file = folder / f"picture{number}.jpg"
        Image.new("RGB", (800, 600), (40 * number % 256, 120, 90)).save(file)
        made.append(Picture(file, f"Die {number + 1}. Farbfläche, grünlich", "Landkreis", "CC0-1.0"))
    return tuple(made)


def sendable(platform: str, folder: Path, text: str = "Der Wertstoffhof ist am Montag geschlossen.") -> Part:
    """The smallest part that the network takes: Instagram wants a picture."""
    return Part(text, "de", media=pictures(folder, 1) if platform == "instagram" else ())
