"""An office with a filled-in register and any number of drafts, as real ones look: about 400 characters, all different.

Every draft can be written as kanal's YAML and as Markdown with front matter, which others read. The same number always
gives the same draft; days lie in the two years after today, so that no rule about bygone dates has a say.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count, islice
from pathlib import Path
from random import Random

from kanal.rules.public_holidays import may_be_holiday

CHANNELS = """\
channels:
  mastodon: {platform: mastodon, account: landkreis@social.landkreis-musterland.example, status: active}
  facebook: {platform: facebook, account: "100000000000001", status: active}
  instagram: {platform: instagram, account: "17840000000000001", status: active}
"""
OFFICE = "office: Landkreis Musterland\nlanguage: de\nstate: NW\n"
POLICY = """\
registers:
  domains: [landkreis-musterland.example]
  contacts: ["030 23125 *", "@landkreis-musterland.example"]
  office_holders:
    - {name: Eva Muster, role: Landrätin}
    - {name: Jonas Beispiel, role: Kreisbrandmeister}
    - {name: Petra Probe, role: Dezernentin, candidate: true}
  buildings: [Am Markt 1, Schulweg 12, Lindenallee 40]
  elections:
    - {name: Kommunalwahl, day: 2035-09-09, from: 2035-06-09, candidates: [Petra Probe, Karl Kandidat]}
  hashtags: [LandkreisMusterland, Musterhausen, Beispielbach, Probendorf, Verkehr, Ehrenamt, Kultur]
  hours: {mon-wed: "08:00-16:00", thu: "08:00-18:00", fri: "08:00-13:00"}
"""
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
FRIDAY = 4
MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
PLACES = ("Musterhausen", "Beispielbach", "Probendorf", "Neustadt am Muster", "Altmusterhausen", "Musterberg")
OPENINGS = (
    "Die Kreisstraße {road} zwischen {place} und {other} ist ab {day} gesperrt, weil sie eine neue Fahrbahn bekommt.",
    "Das Bürgerbüro in {place} bleibt am {day} geschlossen, denn die Räume bekommen neue Fenster.",
    "Am {day} beginnt um {hour} Uhr das Konzert der Kreismusikschule in der Stadthalle {place}.",
    "Die Ausstellung über die Geschichte der Mühlen in {place} öffnet am {day} um {hour} Uhr.",
    "Der Wertstoffhof {place} nimmt ab {day} auch alte Farben und Lacke an, und zwar kostenlos.",
    "In den Wäldern um {place} herrscht hohe Waldbrandgefahr, das Betreten bleibt bis {day} eingeschränkt.",
    "Für die neue Kita in {place} suchen wir zum {day} Fachkräfte, gern auch in Teilzeit.",
    "Der Kreistag kommt am {day} um {hour} Uhr in {place} zusammen, die Sitzung ist öffentlich.",
    "Die Volkshochschule bietet ab {day} in {place} einen Kurs für den Umgang mit dem Tablet an.",
    "Das Gesundheitsamt lädt am {day} in {place} zur offenen Impfsprechstunde ein.",
    "Die Buslinie {road} fährt ab {day} häufiger zwischen {place} und {other}, auch am Wochenende.",
    "Am {day} pflanzen Freiwillige in {place} über {count} junge Linden und Eichen.",
)
MIDDLES = (
    "Eine Umleitung über {other} ist ausgeschildert, bitte rechnen Sie mit etwa zehn Minuten mehr.",
    "Der Eintritt ist frei, und das Gebäude ist ohne Stufen zu erreichen.",
    "Wer Hilfe beim Weg braucht, meldet sich bitte zwei Tage vorher bei uns.",
    "Landrätin Eva Muster begrüßt die Gäste und beantwortet Fragen.",
    "Kreisbrandmeister Jonas Beispiel bittet alle, kein Feuer zu machen und nicht zu rauchen.",
    "Im vergangenen Jahr waren über {count} Menschen dabei, so viele wie nie zuvor.",
    "Rettungsdienst und Feuerwehr kommen auf allen Wegen durch.",
    "Die Arbeiten kosten {cost}.000 Euro, das Land trägt davon rund die Hälfte.",
    "Bringen Sie bitte Ihren Personalausweis mit, einen Termin brauchen Sie nicht.",
    "Bei Regen findet alles in der Turnhalle am Schulweg 12 statt.",
    "Die Unterlagen liegen im Kreishaus, Am Markt 1, zur Einsicht aus.",
    "Wir danken allen, die ehrenamtlich mithelfen, und freuen uns auf viele neue Gesichter.",
    "Kinder sind herzlich willkommen, für die Kleinsten gibt es eine Spielecke.",
    "Parkplätze sind knapp, nehmen Sie am besten den Bus oder das Fahrrad.",
    "Das Angebot gilt zunächst für ein Jahr, danach entscheidet der Kreistag neu.",
    "Für die Anlieger bleibt die Zufahrt die ganze Zeit über möglich.",
)
CLOSINGS = (
    "Auskunft gibt es unter 030 23125 {phone}.",
    "Fragen beantwortet das Bürgertelefon: 030 23125 {phone}.",
    "Schreiben Sie uns: auskunft@landkreis-musterland.example",
    "Rufen Sie uns gern an: 030 23125 {phone}.",
)
TAGS = ("#LandkreisMusterland", "#Musterhausen", "#Beispielbach", "#Probendorf", "#Verkehr", "#Ehrenamt", "#Kultur")
ALTS = (
    "Eine Landstraße zwischen herbstlichen Bäumen, links ein Feld",
    "Das Kreishaus aus rotem Backstein mit einer breiten Treppe",
    "Zwei leere Bänke unter einer großen Linde am Marktplatz",
)
LONGEST = 420
DAYS = 480
MINUTES = 15


@dataclass(frozen=True, slots=True)
class Sample:
    """One draft; `alt` is None where it has no picture."""

    number: int
    text: str
    at: str
    alt: str | None

    @property
    def yaml(self) -> str:
        """As kanal reads it."""
        channels = "mastodon, facebook, instagram" if self.alt else "mastodon, facebook"
        lines = [f"id: meldung-{self.number:05}", "type: announcement", f"channels: [{channels}]"]
        lines += [f"publish_at: {self.at}", "text: |", *(f"  {line}".rstrip() for line in self.text.splitlines())]
        # On Instagram nobody can click on a link.
        key = "source" if self.alt else "link"
        lines.append(f"{key}: https://www.landkreis-musterland.example/meldung/{self.number}")
        if self.alt:
            lines += ["media:", "  - file: media/bild.jpg", f"    alt: {self.alt}"]
            lines += ["    credit: Landkreis Musterland", "    licence: CC BY 4.0"]
        return "\n".join(lines) + "\n"

    @property
    def markdown(self) -> str:
        """As static sites and crier read it: the same text, with the title, tags and so on that crier asks for."""
        head = [f"title: Meldung {self.number}", f"date: {datetime.now(UTC).date()}", "tags: [landkreis, musterland]"]
        head += [f"description: {self.text.partition('.')[0]}", f"canonical_url: https://www.example.org/{self.number}"]
        if self.alt:
            head += ["image: https://www.landkreis-musterland.example/bild.jpg", f"image_alt: {self.alt}"]
        return "\n".join(["---", *head, "---", "", self.text, ""])


def sample(number: int) -> Sample:
    """The draft of that number."""
    dice = Random(number)  # noqa: S311 - no secret
    out = _workday(number)
    day = out + timedelta(days=dice.randrange(2, 40))
    place, other = dice.sample(PLACES, 2)
    slots = {
        "place": place,
        "other": other,
        "day": f"{WEEKDAYS[day.weekday()]}, {day.day}. {MONTHS[day.month - 1]} {day.year}",
        "hour": dice.randrange(9, 20),
        "road": dice.randrange(2, 99),
        "count": dice.randrange(20, 900),
        "cost": dice.randrange(20, 900),
        "phone": f"{dice.randrange(1000):03}",
    }
    text = dice.choice(OPENINGS).format(**slots)
    closing = f"{dice.choice(CLOSINGS)}\n\n{' '.join(dice.sample(TAGS, 2))}".format(**slots)
    for middle in dice.sample(MIDDLES, len(MIDDLES)):
        sentence = middle.format(**slots)
        if len(text) + len(sentence) + len(closing) < LONGEST:
            text += f" {sentence}"
    minutes = 8 * 60 + MINUTES * (number // DAYS)
    moment = f"{out} {minutes // 60:02}:{minutes % 60:02}"
    return Sample(number, f"{text}\n\n{closing}", moment, dice.choice(ALTS) if number % 3 == 0 else None)


def _workday(number: int) -> date:
    """One of the next ordinary working days; the drafts of a day go out some minutes apart, in opening hours."""
    return _workdays(datetime.now(UTC).date())[number % DAYS]


@cache
def _workdays(today: date) -> tuple[date, ...]:
    """The next days from Monday to Thursday that are no holidays anywhere."""
    days = (today + timedelta(days=ahead) for ahead in count(1))
    return tuple(islice((day for day in days if day.weekday() < FRIDAY and not may_be_holiday(day)), DAYS))


def write_office(folder: Path, drafts: int) -> None:
    """Write the configuration, one picture and `drafts` drafts, a thousand in each folder, below `folder`."""
    from PIL import Image

    for name, text in {"kanal": OFFICE, "channels": CHANNELS, "policy": POLICY}.items():
        _write(folder / "config" / f"{name}.yaml", text)
    _write(folder / ".gitignore", ".kanal/\n")
    picture = folder / "posts" / "media" / "bild.jpg"
    picture.parent.mkdir(parents=True)
    Image.new("RGB", (1200, 900), (120, 150, 90)).save(picture, quality=80)
    for number in range(drafts):
        _write(folder / "posts" / f"{number // 1000:02}" / f"meldung-{number:05}.yaml", sample(number).yaml)


def write_markdown(folder: Path, drafts: int) -> list[str]:
    """Write the same drafts as Markdown below `folder`; their names."""
    names = [f"{number:05}.md" for number in range(drafts)]
    for number, name in enumerate(names):
        _write(folder / name, sample(number).markdown)
    return names


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
