"""Queries as SQL conditions."""

from summitcli.catalog.conditions import EVERYTHING, Query, where


def test_everything_is_under_no_condition() -> None:
    assert where(EVERYTHING) == ("", [])


def test_the_values_stand_in_the_order_of_their_placeholders() -> None:
    query = Query(
        days=("2024-05-01", "2024-05-02"),
        excluded_categories=("talk",),
        speakers=("Ada", "Bo"),
        from_minute=540,
        ids=("a",),
        picks=(("a", None), ("b", "2024-05-01")),
        excluded_picks=(("c", None),),
    )
    clause, values = where(query, ("listing.starts > ?", (7,)))
    picks = '[["a", null], ["b", "2024-05-01"]]'
    assert clause == (
        "WHERE listing.starts > ? AND day.day IN (?, ?)"
        " AND (category.id IS NULL OR NOT category.id IN (?))"
        " AND listing.session IN (SELECT appearance.session FROM appearance"
        " JOIN speaker ON speaker.position = appearance.speaker WHERE speaker.name IN (?, ?))"
        " AND listing.minute >= ?"
        " AND session.id IN (SELECT value FROM json_each(?))"
        " AND session.id IN (SELECT json_extract(value, '$[0]') FROM json_each(?))"
        " AND (session.id IN (SELECT json_extract(value, '$[0]') FROM json_each(?)"
        " WHERE json_extract(value, '$[1]') IS NULL) OR (session.id, day.day)"
        " IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)"
        " WHERE json_extract(value, '$[1]') NOT NULL))"
        " AND NOT (session.id IN (SELECT json_extract(value, '$[0]') FROM json_each(?)"
        " WHERE json_extract(value, '$[1]') IS NULL) OR (session.id, day.day)"
        " IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)"
        " WHERE json_extract(value, '$[1]') NOT NULL))"
    )
    excluded = ['[["c", null]]'] * 2
    assert values == [
        7,
        "2024-05-01",
        "2024-05-02",
        "talk",
        "Ada",
        "Bo",
        540,
        '["a"]',
        *[picks] * 3,
        *excluded,
    ]
