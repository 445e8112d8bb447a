"""Which years and weekdays there are."""

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""The years that a conference can be in; beyond them time zones are guesses."""

NIGHT_ENDS = "09:00"
"""By what clock time the night after a day is over, for what has begun on the day and lasts past midnight."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""In English, in the order of :meth:`datetime.date.weekday`."""

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""As iCalendar has them (RFC 5545, section 3.3.10), in the same order."""
