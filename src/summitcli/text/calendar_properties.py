"""Properties of our own in calendars (RFC 5545 section 3.8.8.2), for what its own have no place for.

Other programs pass them over; read back, a calendar of ours gives the same sessions.
"""

VERSION = "X-SUMMITCLI-VERSION"
"""Of the calendar: its events have the properties below, so their descriptions are no longer searched."""
CONFERENCE_LANGUAGE = "X-SUMMITCLI-CONFERENCE-LANGUAGE"
"""Of the calendar: the conference's own language."""
SPEAKER = "X-SUMMITCLI-SPEAKER"
"""Who speaks, once for each, as names may have commas in them."""
LANGUAGE = "X-SUMMITCLI-LANGUAGE"
"""What language a session is held in."""
CATEGORY = "X-SUMMITCLI-CATEGORY"
"""The name of the category where it has commas, at which programs split CATEGORIES."""
DAY = "X-SUMMITCLI-DAY"
"""The conference's day, of what begins in the night after it."""
STATUS = "X-SUMMITCLI-STATUS"
"""How sure it is, where STATUS has no word for it."""

MAX_INTEGER = 2**31 - 1
"""The largest INTEGER (RFC 5545 section 3.3.8), such as a SEQUENCE."""

OF_CALENDARS = frozenset({VERSION, CONFERENCE_LANGUAGE})
OF_EVENTS = frozenset({SPEAKER, LANGUAGE, CATEGORY, DAY, STATUS})

SPEAKERS = {"zh": ("讲者：", "、")}
SPEAKERS_ELSEWHERE = ("Speakers: ", ", ")
"""How the description says who speaks, for people: a label, and what stands between names."""
