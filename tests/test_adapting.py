"""What becomes of a picture: told from its measurements, the same for lint, plan and sending."""

from hypothesis import given
from hypothesis import strategies as st

from kanal.adapting import Misfit, adapted, misfits, order_for
from kanal.limits import Limits
from kanal.media.making import Order
from kanal.media.picture import PictureFacts
from kanal.platforms import adapter_class

JPEG, PNG, GIF, WEBP = "image/jpeg", "image/png", "image/gif", "image/webp"
INSTAGRAM, MASTODON, X, FACEBOOK = (adapter_class(name).limits for name in ("instagram", "mastodon", "x", "facebook"))
KINDS = (JPEG, PNG, GIF, WEBP, "image/bmp", "image/tiff", "image/avif", "image/heic")

facts = st.builds(
    PictureFacts,
    st.sampled_from(KINDS),
    st.integers(1, 40_000_000),
    st.integers(1, 20_000),
    st.integers(1, 20_000),
    st.booleans(),
    st.sampled_from(["RGB", "RGBA", "CMYK", "L", "P"]),
    st.none(),
    st.booleans(),
    st.booleans(),
)
limits = st.sampled_from([INSTAGRAM, MASTODON, X, FACEBOOK])


def photo(kind: str = JPEG, size: tuple[int, int] = (1600, 1200), *, weight: int = 500_000) -> PictureFacts:
    return PictureFacts(kind, weight, *size, animated=False, mode="RGB", expected_type=kind)


def test_a_picture_that_fits_is_not_made_into_anything() -> None:
    assert misfits(photo(), INSTAGRAM) == ()
    assert adapted(photo(), INSTAGRAM) is None
    assert order_for(photo(), INSTAGRAM, adapt=True) is None


def test_a_wrong_kind_becomes_a_jpeg_of_the_same_size() -> None:
    wanted = Order(JPEG, 1600, 1200, INSTAGRAM.media_bytes)
    for kind in KINDS[1:]:
        assert misfits(photo(kind), INSTAGRAM) == (Misfit.KIND,)
        assert adapted(photo(kind), INSTAGRAM) == wanted


def test_what_shines_through_becomes_a_png_where_the_network_takes_it() -> None:
    clear = photo("image/avif")._replace(transparent=True)
    assert adapted(clear, MASTODON) == Order(PNG, 1600, 1200, MASTODON.media_bytes)
    assert adapted(clear, INSTAGRAM) == Order(JPEG, 1600, 1200, INSTAGRAM.media_bytes)


def test_too_many_bytes_make_a_jpeg_of_what_is_opaque_and_webp_of_what_is_not() -> None:
    heavy = photo(PNG, weight=6_000_000)
    assert misfits(heavy, X) == (Misfit.BYTES,)
    assert adapted(heavy, X) == Order(JPEG, 1600, 1200, 5_000_000)
    clear = heavy._replace(transparent=True)
    assert adapted(clear, X) == Order(WEBP, 1600, 1200, 5_000_000)
    assert adapted(clear, FACEBOOK) == Order(PNG, 1600, 1200, 4_000_000)


def test_too_many_pixels_are_scaled_in_proportion_and_in_the_same_kind() -> None:
    huge = photo(PNG, (9000, 6000))
    assert misfits(huge, MASTODON) == (Misfit.PIXELS,)
    order = adapted(huge, MASTODON)
    assert order is not None
    assert (order.media_type, order.width, order.height) == (PNG, 7054, 4703)


def test_a_wrong_shape_or_a_narrow_picture_is_left_to_a_person() -> None:
    assert misfits(photo(size=(3000, 500)), INSTAGRAM) == (Misfit.RATIO,)
    assert adapted(photo(size=(3000, 500)), INSTAGRAM) is None
    assert misfits(photo(PNG, (300, 300)), INSTAGRAM) == (Misfit.KIND, Misfit.WIDTH)
    assert adapted(photo(PNG, (300, 300)), INSTAGRAM) is None


def test_a_moving_picture_is_never_made_a_still_one() -> None:
    moving = photo(GIF)._replace(animated=True)
    assert adapted(moving, INSTAGRAM) is None
    assert order_for(moving, INSTAGRAM, adapt=True) is None


def test_a_network_that_takes_nothing_that_kanal_makes_gets_nothing_made() -> None:
    assert adapted(photo(PNG), INSTAGRAM._replace(media_types=frozenset({"image/jxl"}))) is None


def test_without_the_policys_leave_a_picture_keeps_kind_and_size() -> None:
    assert order_for(photo(PNG), INSTAGRAM, adapt=False) is None
    same = Order(JPEG, 1600, 1200, MASTODON.media_bytes)
    assert order_for(photo()._replace(turned=True), MASTODON, adapt=False) == same
    assert order_for(photo()._replace(mode="CMYK"), MASTODON, adapt=False) == same
    tiff = Order("image/tiff", 1600, 1200, FACEBOOK.media_bytes)
    assert order_for(photo("image/tiff"), FACEBOOK, adapt=False) == tiff


@given(facts=facts, limits=limits)
def test_nothing_is_enlarged_and_what_is_made_fits(facts: PictureFacts, limits: Limits) -> None:
    order = adapted(facts, limits)
    if order is None:
        return
    assert order.width <= facts.width
    assert order.height <= facts.height
    assert abs(order.width - order.height * facts.ratio) <= 1 + facts.ratio, "proportions stay"
    made = facts._replace(media_type=order.media_type, width=order.width, height=order.height, bytes=order.bytes_max)
    assert {Misfit.KIND, Misfit.BYTES, Misfit.PIXELS, Misfit.WIDTH}.isdisjoint(misfits(made, limits))


@given(facts=facts, limits=limits)
def test_what_is_made_depends_on_the_policy_only_where_something_does_not_fit(
    facts: PictureFacts, limits: Limits
) -> None:
    with_leave, without = order_for(facts, limits, adapt=True), order_for(facts, limits, adapt=False)
    assert with_leave == without or misfits(facts, limits)
    if without:
        assert (without.media_type, without.width, without.height) == (facts.media_type, facts.width, facts.height)
