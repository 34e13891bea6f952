"""The Länder by their codes (ISO 3166-2:DE), with names that people type and read."""

from collections.abc import Mapping

from kanal.message import mark

LANDS: Mapping[str, str] = {
    "BB": mark("Brandenburg"),
    "BE": mark("Berlin"),
    "BW": mark("Baden-Württemberg"),
    "BY": mark("Bavaria"),
    "HB": mark("Bremen"),
    "HE": mark("Hesse"),
    "HH": mark("Hamburg"),
    "MV": mark("Mecklenburg-Western Pomerania"),
    "NI": mark("Lower Saxony"),
    "NW": mark("North Rhine-Westphalia"),
    "RP": mark("Rhineland-Palatinate"),
    "SH": mark("Schleswig-Holstein"),
    "SL": mark("Saarland"),
    "SN": mark("Saxony"),
    "ST": mark("Saxony-Anhalt"),
    "TH": mark("Thuringia"),
}
