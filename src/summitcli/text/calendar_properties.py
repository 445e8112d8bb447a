"""Non-standard calendar properties (RFC 5545 section 3.8.8.2), for data that standard ones can't hold.

Other programs ignore them; with them, an exported calendar can be read back without loss.
"""

VERSION = "X-SUMMITCLI-VERSION"
"""A property of calendars. In a calendar with it, events name all their speakers in :data:`SPEAKER`.

In calendars without it, speakers are also read from descriptions.
"""
CONFERENCE_LANGUAGE = "X-SUMMITCLI-CONFERENCE-LANGUAGE"
"""A property of calendars: the conference's own language."""
SPEAKER = "X-SUMMITCLI-SPEAKER"
"""A property of events: one speaker. It occurs once for each speaker, since names may contain commas."""
LANGUAGE = "X-SUMMITCLI-LANGUAGE"
"""A property of events: the language in which the session is held."""
CATEGORY = "X-SUMMITCLI-CATEGORY"
"""A property of events: the name of the session's category, if CATEGORIES can't express it.

It is written if the name contains a comma, as programs split CATEGORIES at commas. If the session has tags
but no category, it is written with an empty value. Otherwise the first tag in CATEGORIES would be read as the
category.
"""
TAG = "X-SUMMITCLI-TAG"
"""A property of events: a tag of the session. It occurs once for each tag.

CATEGORIES has the session's category, then its tags. This property is written if CATEGORIES can't hold all.
"""
LEVEL = "X-SUMMITCLI-LEVEL"
"""A property of events: the level of knowledge that the session expects."""
DAY = "X-SUMMITCLI-DAY"
"""A property of events: the conference day, if the session begins in the night after it."""
STATUS = "X-SUMMITCLI-STATUS"
"""A property of events: the session's status, if the standard STATUS has no value for it."""

MAX_INTEGER = 2**31 - 1
"""The largest number that a property of type INTEGER, such as SEQUENCE, can have (RFC 5545 section 3.3.8)."""

OF_CALENDARS = frozenset({VERSION, CONFERENCE_LANGUAGE})
OF_EVENTS = frozenset({SPEAKER, LANGUAGE, CATEGORY, TAG, LEVEL, DAY, STATUS})

KIND = "X-SUMMITCLI-KIND"
"""A parameter of links (ATTACH, CONFERENCE): what the link leads to, such as ``recording``."""
FEEDBACK = "feedback"
"""The value of :data:`KIND` for a link to the page for feedback."""

SPEAKERS = {"zh": ("嘉宾：", "、")}
SPEAKERS_ELSEWHERE = ("Speakers: ", ", ")
"""The label and the separator of a list of speakers, for languages that are not in :data:`SPEAKERS`.

The list is a part of the description of a calendar event.
"""
