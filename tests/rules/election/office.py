"""An office before an election: its registers, and moments inside and outside of the time of restraint."""

from datetime import date

from kanal.config.registers import Election, OfficeHolder, Registers
from tests.rules.moments import at

REGISTERS = Registers(
    office_holders=(
        OfficeHolder("Erika Mustermann", "Landrätin", candidate=True),
        OfficeHolder("Jonas Probe", "Dezernent"),
    ),
    elections=(Election("Kreistagswahl", date(2027, 4, 25), date(2027, 1, 25), ("Max Beispiel",)),),
    parties=("CDU", "SPD", "Die Grünen", "Grüne"),
)
BEFORE = {"publish_at": at("2027-01-24 10:00")}
WITHIN = {"publish_at": at("2027-01-25 10:00")}
ELECTION_DAY = {"publish_at": at("2027-04-25 10:00")}
AFTER = {"publish_at": at("2027-04-26 10:00")}
