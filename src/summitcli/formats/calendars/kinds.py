"""What is odd about calendars in either way of writing them."""

from summitcli.formats.findings import Kind

CANCELLED = Kind("{n} cancelled event left out", "{n} cancelled events left out")
FIRST_ONLY = Kind(
    "{n} event that recurs in a way that is not understood, of which the first time is read",
    "{n} events that recur in ways that are not understood, of which the first times are read",
)
ELSEWHEN = Kind(
    "{n} event that recurs, with times outside the conference left out",
    "{n} events that recur, with times outside the conference left out",
)
