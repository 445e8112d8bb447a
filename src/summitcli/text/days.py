"""Constants for years, weekdays and nights."""

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""The first and the last year of conferences; in other years, the rules of time zones are guesses."""

NIGHT_ENDS = "09:00"
"""The time at which the night after a day ends; until then, sessions may belong to the day before."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The English names of weekdays, Monday first, as :meth:`datetime.date.weekday` counts."""

SHORT_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""The English abbreviations of weekdays, Monday first."""

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The codes of weekdays in iCalendar (RFC 5545, section 3.3.10), Monday first."""
