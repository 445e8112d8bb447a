"""The tables of a catalog.

People may open a catalog with ``sqlite3`` or Datasette, so the names are the field's and two views give
the rows whole. ``position`` is the order of output, which makes every list a walk along a primary key.
Whoever changes them raises :data:`summitcli.catalog.seal.FORMAT`.
"""

APPLICATION_ID = 0x53554D54
"""Marks an SQLite file as one of ours (``PRAGMA application_id``): the letters SUMT."""

TABLES = """
CREATE TABLE origin (           -- what the catalog was built from
  identity TEXT NOT NULL        -- of the source's exact state
);
CREATE TABLE conference (       -- one row
  id TEXT NOT NULL, title TEXT NOT NULL, titles TEXT NOT NULL, language TEXT NOT NULL,
  time_zone TEXT NOT NULL, start TEXT NOT NULL, "end" TEXT NOT NULL,
  revised TEXT,                 -- null where that is not published
  notice TEXT NOT NULL,         -- JSON: language to text
  source TEXT NOT NULL,         -- JSON: language to text
  longest INTEGER NOT NULL,     -- the longest listing, in seconds
  outside INTEGER NOT NULL,     -- how many events its source has beyond these days
  facts TEXT NOT NULL           -- JSON: everything the conference says of itself
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
CREATE TABLE session (          -- in the schedule's own order
  position INTEGER PRIMARY KEY, id TEXT NOT NULL,
  title TEXT NOT NULL, titles TEXT NOT NULL,
  category INTEGER REFERENCES category, speakers TEXT, language TEXT, url TEXT, description TEXT,
  guid TEXT,                    -- the publisher's own name of it; null where none is published
  status TEXT,                  -- tentative, rescheduled …; null where it is simply held
  code TEXT                     -- the id that the source alone would give it; null where that is its id
);
CREATE TABLE appearance (
  speaker INTEGER NOT NULL REFERENCES speaker, session INTEGER NOT NULL REFERENCES session,
  PRIMARY KEY (speaker, session)
) WITHOUT ROWID;
CREATE TABLE listing (          -- by day, then all-day first, then start, then the schedule's own order
  position INTEGER PRIMARY KEY, session INTEGER NOT NULL REFERENCES session,
  category INTEGER REFERENCES category, day INTEGER NOT NULL REFERENCES day,
  start TEXT, "end" TEXT,       -- RFC 3339 with offset; null where only the day is published
  -- the same in seconds since 1970; a day lasts from its midnight to the next
  starts INTEGER NOT NULL, ends INTEGER NOT NULL,
  minute INTEGER,               -- of the start, from the day's midnight by the wall clock
  room INTEGER REFERENCES room, part INTEGER NOT NULL, parts INTEGER NOT NULL
);
CREATE TABLE search_text (      -- what summitcli.search compares: each text's characters and words, on a line
  session INTEGER PRIMARY KEY REFERENCES session, name TEXT NOT NULL, speaker TEXT NOT NULL,
  place TEXT NOT NULL           -- the category and the rooms
);
CREATE TABLE search_spelling (  -- what can be meant by what is typed, divided by spaces
  kind INTEGER NOT NULL,        -- 0 literally, 1 in pinyin, 3 by initials, 4 in southern pinyin
  typed TEXT NOT NULL, units TEXT NOT NULL,
  PRIMARY KEY (kind, typed)
) WITHOUT ROWID;
CREATE TABLE search_neighbour ( -- the characters that follow on a character somewhere; ~ is any word
  unit TEXT PRIMARY KEY, next TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE search_piece (     -- the words of descriptions, and each pair of characters that are neighbours
  piece TEXT PRIMARY KEY        -- ~ stands beside the first and the last of some
) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5( -- which session has which; rowid is the session
  name, speaker, place, content='', columnsize=0, detail=column, tokenize="ascii tokenchars '^$_~@'"
);
"""

INDEXES = """
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
-- Of what is typed literally: the words that may have another inside, and what means something else, too.
CREATE INDEX search_spelling_long ON search_spelling (length(typed)) WHERE kind = 0 AND length(typed) >= 7;
CREATE INDEX search_spelling_other ON search_spelling (typed) WHERE kind = 0 AND units <> typed;
"""

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
