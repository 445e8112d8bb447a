"""The tables of a catalog.

As users may open a catalog with ``sqlite3`` or Datasette, the names are descriptive and two views join the
tables. ``position``, a primary key, is a row's place in the order of output, so that lists are read without
sorting. If you change the tables, increase :data:`summitcli.catalog.seal.FORMAT`.
"""

APPLICATION_ID = 0x53554D54
"""The ``PRAGMA application_id`` of catalogs: the letters SUMT."""

_SCHEDULE_TABLES = """
CREATE TABLE origin (           -- the source of the catalog
  identity TEXT NOT NULL        -- identifies the exact state of the source
);
CREATE TABLE finding (          -- the kinds of irregularities in the source
  position INTEGER PRIMARY KEY, singular TEXT NOT NULL, plural TEXT NOT NULL,
  n INTEGER NOT NULL,           -- how often it occurs
  value TEXT NOT NULL, also TEXT NOT NULL -- the values of the first
);
CREATE TABLE conference (       -- one row
  id TEXT NOT NULL, title TEXT NOT NULL, titles TEXT NOT NULL, language TEXT NOT NULL,
  time_zone TEXT NOT NULL, start TEXT NOT NULL, "end" TEXT NOT NULL,
  revised TEXT,                 -- null if not published
  notice TEXT NOT NULL,         -- JSON: language to text
  source TEXT NOT NULL,         -- JSON: language to text
  longest INTEGER NOT NULL,     -- the longest listing, in seconds
  outside INTEGER NOT NULL,     -- the number of events in the source outside these days
  facts TEXT NOT NULL           -- JSON: all fields of the conference
);
CREATE TABLE day (
  number INTEGER PRIMARY KEY, day TEXT NOT NULL UNIQUE, weekday TEXT NOT NULL, sessions INTEGER NOT NULL
);
CREATE TABLE category (
  position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, names TEXT NOT NULL,
  color TEXT, sessions INTEGER NOT NULL, listings INTEGER NOT NULL
);
CREATE TABLE room (
  position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, folded TEXT NOT NULL, sessions INTEGER NOT NULL
);
CREATE TABLE speaker (
  position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, folded TEXT NOT NULL, sessions INTEGER NOT NULL
);
CREATE TABLE session (          -- in the schedule's order
  position INTEGER PRIMARY KEY, id TEXT NOT NULL,
  title TEXT NOT NULL, titles TEXT NOT NULL,
  category INTEGER REFERENCES category, speakers TEXT, language TEXT, url TEXT, description TEXT,
  guid TEXT,                    -- the publisher's identifier; null if there is none
  status TEXT,                  -- tentative, rescheduled …; null if the session takes place as usual
  descriptions TEXT,            -- JSON: language to text; null unless it is in several languages
  code TEXT                     -- the ID in the source; null if that is the ID
);
CREATE TABLE session_detail (   -- for the sessions with any, apart as lists don't need them
  session INTEGER PRIMARY KEY REFERENCES session,
  level TEXT,                   -- the level of knowledge that it expects
  tags TEXT,                    -- JSON: array of texts
  links TEXT,                   -- JSON: array of objects with url, title and kind
  feedback_url TEXT
);
CREATE TABLE speaker_detail (   -- for the speakers with any
  speaker INTEGER PRIMARY KEY REFERENCES speaker,
  names TEXT,                   -- JSON: language to text; null unless in several languages
  biography TEXT,
  biographies TEXT,             -- JSON: language to text; null unless in several languages
  links TEXT                    -- JSON: as for sessions
);
CREATE TABLE appearance (
  speaker INTEGER NOT NULL REFERENCES speaker, session INTEGER NOT NULL REFERENCES session,
  PRIMARY KEY (speaker, session)
) WITHOUT ROWID;
CREATE TABLE listing (          -- by day, then all-day first, then start, then the schedule's order
  position INTEGER PRIMARY KEY, session INTEGER NOT NULL REFERENCES session,
  category INTEGER REFERENCES category, day INTEGER NOT NULL REFERENCES day,
  start TEXT, "end" TEXT,       -- RFC 3339 with offset; null if only the day is published
  -- the same in seconds since 1970; an all-day listing lasts from midnight to midnight
  starts INTEGER NOT NULL, ends INTEGER NOT NULL,
  minute INTEGER,               -- the start in minutes since midnight of the day, in local time
  room INTEGER REFERENCES room, part INTEGER NOT NULL, parts INTEGER NOT NULL
);
"""

SEARCH_TABLES = """
CREATE TABLE search_text (      -- the keys for summitcli.search: each text's characters and words, on a line
  session INTEGER PRIMARY KEY REFERENCES session, name TEXT NOT NULL, speaker TEXT NOT NULL,
  place TEXT NOT NULL           -- the category, the rooms and the tags
);
CREATE TABLE search_spelling (  -- the units that a typed text can stand for, separated by spaces
  kind INTEGER NOT NULL,        -- 0 literally, 1 in pinyin, 3 by initials, 4 in southern pinyin
  typed TEXT NOT NULL, units TEXT NOT NULL,
  PRIMARY KEY (kind, typed)
) WITHOUT ROWID;
CREATE TABLE search_neighbour ( -- the characters that follow a character in any text; ~ is any word
  unit TEXT PRIMARY KEY, next TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE search_piece (     -- the words of descriptions, and each pair of neighbouring characters
  piece TEXT PRIMARY KEY        -- ~ marks the beginning and the end of some
) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5( -- the tokens of each session; rowid is its position
  name, speaker, place, content='', columnsize=0, detail=column, tokenize="ascii tokenchars '^$_~@'"
);
"""

TABLES = _SCHEDULE_TABLES + SEARCH_TABLES

SCHEDULE_INDEXES = """
-- Not part of the table: an index is made faster of rows that are there than while they come.
CREATE UNIQUE INDEX session_by_id ON session (id);
CREATE INDEX session_by_category ON session (category);
CREATE INDEX listing_by_session ON listing (session);
CREATE INDEX listing_by_category ON listing (category);
CREATE INDEX listing_by_day ON listing (day);
CREATE INDEX listing_by_minute ON listing (day, minute);
CREATE INDEX listing_by_room ON listing (room, day);
CREATE INDEX listing_by_start ON listing (starts);
CREATE INDEX room_by_folded ON room (folded);
CREATE INDEX speaker_by_folded ON speaker (folded);
"""

SEARCH_INDEXES = """
-- For literal spellings: the words that may contain another, and the spellings of other units.
CREATE INDEX search_spelling_long ON search_spelling (length(typed)) WHERE kind = 0 AND length(typed) >= 7;
CREATE INDEX search_spelling_other ON search_spelling (typed) WHERE kind = 0 AND units <> typed;
"""

INDEXES = SCHEDULE_INDEXES + SEARCH_INDEXES

VIEWS = """
CREATE VIEW listings AS
SELECT session.id, session.title, category.id AS category, day.day, listing.start, listing."end",
       listing.part, listing.parts, room.name AS room, session.speakers, session.url
FROM listing
JOIN session ON session.position = listing.session
JOIN day ON day.number = listing.day
LEFT JOIN category ON category.position = listing.category
LEFT JOIN room ON room.position = listing.room
ORDER BY listing.position;
CREATE VIEW sessions AS
SELECT session.id, session.title, category.id AS category, session.speakers, session.language,
       session.url, session.description, session.guid, session.status
FROM session LEFT JOIN category ON category.position = session.category
ORDER BY session.position;
"""
