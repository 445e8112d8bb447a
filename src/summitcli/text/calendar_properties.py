"""Non-standard calendar properties (RFC 5545 section 3.8.8.2), for data that standard properties can't hold.

Other programs ignore them; with them, an exported calendar can be read back without loss.
"""

VERSION = "X-SUMMITCLI-VERSION"
"""Calendar property: the events have the properties below, so their descriptions need not be searched."""
CONFERENCE_LANGUAGE = "X-SUMMITCLI-CONFERENCE-LANGUAGE"
"""Calendar property: the conference's own language."""
SPEAKER = "X-SUMMITCLI-SPEAKER"
"""One speaker; repeated, as names may contain commas."""
LANGUAGE = "X-SUMMITCLI-LANGUAGE"
"""The language of the session."""
CATEGORY = "X-SUMMITCLI-CATEGORY"
"""The name of the category if it contains commas, at which programs split CATEGORIES."""
DAY = "X-SUMMITCLI-DAY"
"""The conference day of a session that begins in the night after it."""
STATUS = "X-SUMMITCLI-STATUS"
"""The status of the session, if STATUS has no value for it."""

MAX_INTEGER = 2**31 - 1
"""The largest INTEGER (RFC 5545 section 3.3.8), such as a SEQUENCE."""

OF_CALENDARS = frozenset({VERSION, CONFERENCE_LANGUAGE})
OF_EVENTS = frozenset({SPEAKER, LANGUAGE, CATEGORY, DAY, STATUS})

SPEAKERS = {"zh": ("嘉宾：", "、")}
SPEAKERS_ELSEWHERE = ("Speakers: ", ", ")
"""The label and separator of the line of speakers in the description, for other languages."""
