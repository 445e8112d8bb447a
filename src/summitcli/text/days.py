"""Constants for years, weekdays and nights."""

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""The first and last year of conferences; beyond them time zones are guesses."""

NIGHT_ENDS = "09:00"
"""The time at which the night after a day ends, for sessions that last past midnight."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""English names in the order of :meth:`datetime.date.weekday`."""

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The iCalendar codes (RFC 5545, section 3.3.10) in the same order."""
