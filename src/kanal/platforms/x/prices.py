"""What X takes for publishing, in US dollars per call, since 20 April 2026.

https://docs.x.com/x-api/getting-started/pricing
"""

from decimal import Decimal

from kanal.model import Part
from kanal.text import find_links

POST = Decimal("0.015")
POST_WITH_URL = Decimal("0.20")
METADATA = Decimal("0.005")


def price_of(part: Part) -> Decimal:
    """The post, dearer with a link, and each alternative text."""
    post = POST_WITH_URL if find_links(part.text) else POST
    return post + METADATA * sum(1 for picture in part.media if picture.alt and not picture.is_video)
