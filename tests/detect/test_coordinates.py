"""Coordinates in texts, file names and map links; prices and versions have points and commas, too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.detect.coordinates import coordinates
from tests.detect.finding import found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Treffpunkt 52.516275, 13.377704.", "52.516275, 13.377704"),
        ("[13.3777, 52.5163]", "13.3777, 52.5163"),
        ("Koordinaten: 52.516, 13.377", "52.516, 13.377"),
        ("52,5163; 13,3777", "52,5163; 13,3777"),
        ("52.51628 N 13.37770 E", "52.51628 N 13.37770"),
        ("N52.51703 E13.38886", "52.51703 E13.38886"),
        ("Lat 52.517 / Lon 13.388", "52.517 / Lon 13.388"),
        ("GPS -33.8568, 151.2153", "-33.8568, 151.2153"),
        ("52° 30' 59\" N, 13° 22' 39\" O", "52° 30' 59\" N, 13° 22' 39\" O"),
        ("52°31′N 13°22′E", "52°31′N 13°22′E"),
        ("N 52° 31.000' E 013° 22.000'", "N 52° 31.000' E 013° 22.000'"),
        ("foto_52.51628_13.37770.jpg", "52.51628_13.37770"),
        ("https://karte.example/?q=52.516,13.377&z=17", "52.516,13.377"),
        ("https://karte.example/?ll=52.5163%2C13.3777", "52.5163%2C13.3777"),
        ("https://karte.example/@52.516275,13.377704,17z", "52.516275,13.377704"),
        ("https://karte.example/!3d52.5163!4d13.3777", "52.5163!4d13.3777"),
        ("https://karte.example/#map=17/52.51628/13.37770", "52.51628/13.37770"),
        ("https://karte.example/?mlat=52.5163&mlon=13.3777", "mlat=52.5163&mlon=13.3777"),
        ("geo:52.5,13.4", "geo:52.5,13.4"),
    ],
)
def test_a_place_is_found_in_every_notation(text: str, place: str) -> None:
    assert found(coordinates, text) == [place]
    assert [hit.kind for hit in coordinates(text)] == ["coordinates"]


@pytest.mark.parametrize(
    "text",
    [
        "1,250 und 2,300",
        "1.250, 2.300 Euro",
        "Preise: 1,2500 und 2,3000",
        "Standorte mit 1.250, 2.300 und 3.100 Plätzen",
        "52.516, 13.377 und 9.120 Einwohner",
        "Version 3.11.7, 3.12.1",
        "12.03.2026, 13.04.2026",
        "127.0.0.1 und 10.0.0.1",
        "zwischen 12° und 15°",
        "52° N, 13° O",
        "45° 30' Neigung",
        "0.0001, 0.0002",
        "https://karte.example/#map=6/51.33/10.45",
        "95.12345, 13.37770",
        "",
    ],
)
def test_prices_versions_dates_and_angles_are_no_places(text: str) -> None:
    assert found(coordinates, text) == []


@given(st.floats(47.3, 55.0), st.floats(6.0, 15.0))
def test_every_place_in_germany_is_found(latitude: float, longitude: float) -> None:
    assert found(coordinates, f"Hier: {latitude:.5f}, {longitude:.5f}!") == [f"{latitude:.5f}, {longitude:.5f}"]
