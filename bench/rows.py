"""The least work to use a schedule, for comparison: load its JSON and store the same rows."""

import json
import sqlite3
import sys

with open(sys.argv[1], "rb") as file:
    schedule = json.load(file)
connection = sqlite3.connect(":memory:")
connection.execute("CREATE TABLE session (id, title, category, speakers, language, description)")
connection.execute("CREATE TABLE listing (session, day, start, end, room)")
for number, session in enumerate(schedule["sessions"]):
    title, speakers = json.dumps(session["title"]), json.dumps(session["speakers"])
    fields = (
        session["id"],
        title,
        session["category"],
        speakers,
        session["language"],
        session["description"],
    )
    connection.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)", fields)
    for slot in session["slots"]:
        row = (number, slot["day"], slot["start"], slot["end"], slot["room"])
        connection.execute("INSERT INTO listing VALUES (?, ?, ?, ?, ?)", row)
connection.commit()
