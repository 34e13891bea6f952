"""Days and hours in words, in the two languages of templates. It must not know questions."""

from datetime import date, time
from typing import NamedTuple


class Calendar(NamedTuple):
    """The names of days (from Monday) and months, and how a language puts a date and an hour together."""

    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    months: tuple[str, ...]
    long_day: str
    short_day: str
    clock: str
    always_minutes: bool

    def long(self, day: date) -> str:
        """Samstag, 6. Februar 2027; Saturday, 6 February 2027."""
        return self._written(self.long_day, day)

    def short(self, day: date) -> str:
        """Sa, 6.2.2027; Sat, 6 Feb 2027."""
        return self._written(self.short_day, day)

    def hour(self, at: time) -> str:
        """18 or 18:30 in German; 18:00 in English."""
        return f"{at.hour}" if at.minute == 0 and not self.always_minutes else f"{at.hour}:{at:%M}"

    def o_clock(self, at: time) -> str:
        """18 Uhr, 18:30 Uhr; 18:00."""
        return self.clock.format(hour=self.hour(at))

    def _written(self, form: str, day: date) -> str:
        month = self.months[day.month - 1]
        return form.format(
            weekday=self.weekdays[day.weekday()],
            short_weekday=self.short_weekdays[day.weekday()],
            day=day.day,
            month=month,
            short_month=month[:3],
            number=day.month,
            year=day.year,
        )


CALENDARS = {
    "de": Calendar(
        ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
        (
            *("Januar", "Februar", "März", "April", "Mai", "Juni"),
            *("Juli", "August", "September", "Oktober", "November", "Dezember"),
        ),
        "{weekday}, {day}. {month} {year}",
        "{short_weekday}, {day}.{number}.{year}",
        "{hour} Uhr",
        always_minutes=False,
    ),
    "en": Calendar(
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        "{weekday}, {day} {month} {year}",
        "{short_weekday}, {day} {short_month} {year}",
        "{hour}",
        always_minutes=True,
    ),
}
