"""Reminders: each is given once, at its time or when the computer wakes up, whatever the clock does."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from summitcli.reminders.due import Occurrence, Reminders

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


def at(text: str) -> datetime:
    """Return a local time in Berlin on a day of October 2026, such as ``24 09:00``."""
    return datetime.fromisoformat(f"2026-10-{text.replace(' ', 'T')}").replace(tzinfo=BERLIN)


def talk(name: str, start: str, minutes: int = 30) -> Occurrence:
    return Occurrence(name, name.title(), "Hall", at(start), at(start) + minutes * MINUTE)


def given(reminders: Reminders, now: str, *talks: Occurrence) -> list[tuple[str, str]]:
    return [(each.kind, each.occurrence.uid) for each in reminders.due(talks, at(now))]


def test_a_title_is_shown_with_the_sign_of_its_mark() -> None:
    a = talk("a", "24 10:00")
    assert [a._replace(sign=sign).marked_title for sign in ("", "☆")] == ["A", "☆ A"]


def test_each_reminder_is_given_once_from_its_time_on() -> None:
    a, b, reminders = talk("a", "24 10:00"), talk("b", "24 10:00"), Reminders([10 * MINUTE, 60 * MINUTE])
    assert given(reminders, "24 08:59", a, b) == []
    assert given(reminders, "24 09:00", b, a) == [("soon", "a"), ("soon", "b")]
    assert given(reminders, "24 09:49", a, b) == []
    assert given(reminders, "24 09:50", a, b) == [("soon", "a"), ("soon", "b")]
    assert given(reminders, "24 10:00", a, b) == given(reminders, "24 10:10", a, b) == []


def test_several_at_waking_are_one_and_what_was_missed_is_said_once() -> None:
    talks = [talk("over", "24 09:00"), talk("runs", "24 10:00"), talk("comes", "24 10:30")]
    reminders = Reminders([10 * MINUTE, 60 * MINUTE])
    assert given(reminders, "24 07:00", *talks) == []
    said = [("missed", "over"), ("begun", "runs"), ("soon", "comes")]
    assert given(reminders, "24 10:20", *talks) == said
    assert given(reminders, "24 10:21", *talks) == []


def test_a_session_begins_at_its_start_and_is_over_at_its_end() -> None:
    for before in (timedelta(0), 10 * MINUTE):
        a, b, reminders = talk("a", "24 10:00"), talk("b", "24 09:30"), Reminders([before])
        assert given(reminders, "24 09:00", a, b) == []
        assert given(reminders, "24 10:00", a, b) == [("missed", "b"), ("begun", "a")]
    reminders = Reminders([timedelta(0)])
    assert given(reminders, "24 10:00", talk("a", "24 10:00")) == []
    assert given(reminders, "24 10:00", talk("a", "24 10:00")) == []


def test_a_clock_that_is_set_back_repeats_nothing() -> None:
    a, reminders = talk("a", "24 10:00"), Reminders([10 * MINUTE])
    assert given(reminders, "24 09:55", a) == [("soon", "a")]
    assert given(reminders, "24 08:00", a) == given(reminders, "24 09:55", a) == []


def test_what_a_wrong_clock_took_for_missed_is_still_to_come() -> None:
    a, b, reminders = talk("a", "24 10:00"), talk("b", "24 10:00"), Reminders([10 * MINUTE, 60 * MINUTE])
    assert given(reminders, "25 09:00", a) == []
    assert given(reminders, "25 09:01", a, b) == []
    assert given(reminders, "24 08:00", a, b) == []
    assert given(reminders, "24 09:50", a, b) == [("soon", "a"), ("soon", "b")]
    c = talk("c", "24 12:00")
    assert given(reminders, "24 10:50", c) == []
    assert given(reminders, "25 09:00", c) == [("missed", "c")]
    assert given(reminders, "24 10:50", c) == []
    assert given(reminders, "24 11:00", c) == [("soon", "c")]


def test_the_past_is_not_told_at_the_start_nor_of_what_is_added_later() -> None:
    over, runs, reminders = talk("over", "24 08:00"), talk("runs", "24 09:30", 60), Reminders([10 * MINUTE])
    assert given(reminders, "24 09:55", over) == []
    assert given(reminders, "24 09:56", over, runs) == []


def test_a_session_that_moves_has_a_new_reminder_and_one_that_goes_has_none() -> None:
    a, b, reminders = talk("a", "24 10:00"), talk("b", "24 12:00"), Reminders([10 * MINUTE])
    assert given(reminders, "24 09:50", a, b) == [("soon", "a")]
    assert given(reminders, "24 10:50", talk("a", "24 11:00")) == [("soon", "a")]
    # Brought forward to a time that has passed.
    assert given(reminders, "24 10:55", talk("a", "24 10:40")) == [("begun", "a")]
    assert given(reminders, "24 12:00") == []


def test_the_night_of_a_clock_change_is_an_hour_longer() -> None:
    late = Occurrence("late", "Late", "", at("25 04:00"), at("25 05:00"))
    reminders = Reminders([60 * MINUTE])
    assert reminders.next_time([late], at("25 01:00")) == datetime(2026, 10, 25, 2, tzinfo=UTC)
    assert given(reminders, "25 02:59", late) == []
    assert given(reminders, "25 03:00", late) == [("soon", "late")]


def test_the_next_time_is_that_of_the_next_reminder() -> None:
    reminders = Reminders([10 * MINUTE, 60 * MINUTE])
    talks = [talk("b", "24 12:00"), talk("a", "24 10:00")]
    assert reminders.next_time(talks, at("24 09:00")) == at("24 09:50")
    assert reminders.next_time(talks, at("24 10:00")) == at("24 11:00")
    assert reminders.next_time(talks, at("24 12:00")) is None
