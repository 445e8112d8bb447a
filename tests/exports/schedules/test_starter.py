"""A new schedule: valid as it is, and with its example; in both languages."""

import re

import pytest

from summitcli.exports.schedules.starter import Starter, starter
from summitcli.formats import parse
from summitcli.i18n import using_language

FACTS = Starter(
    title="Tea: a meetup", start="2030-05-10", end="2030-05-11", time_zone="Asia/Shanghai", language="en",
    place="", rooms=("Hall", "No"), categories=("Talks", "演讲", "Talks!"), session="Welcome", begins="09:30",
)  # fmt: skip
SHORT = FACTS._replace(
    end=FACTS.start, rooms=(), categories=("茶",), place="Hangzhou", title="茶 2030", session="!"
)

WHOLE = """\
# A conference schedule for summit. What follows a # is for you; you may delete it.
# Put a text in quotes if it contains a colon and a space, or begins with a mark such as @ or &.
format: summit-schedule/1

conference:
  id: tea-a-meetup-2030           # never change it: agendas refer to it
  title: "Tea: a meetup"
  language: en                    # the language of the texts
  time_zone: Asia/Shanghai        # all times below are in it
  start: 2030-05-10               # the first day
  end: 2030-05-11                 # the last day
  # place: Town hall, Berlin
  # url: https://example.org/
  rooms:                          # in the order of the columns of `summit grid`
    - Hall
    - "No"

# The kinds of sessions, or tracks. Sessions refer to them by their IDs.
categories:
  - id: talks
    name: Talks
  - id: yan-jiang
    name: 演讲
  - id: talks-3
    name: Talks!

# Values for all sessions that have none of their own.
defaults:
  category: talks
  duration: 0:45                  # hours and minutes

sessions:
  - id: welcome                   # typed in commands: keep it even if the title changes
    title: Welcome
    day: 2030-05-10
    start: 09:30                  # leave it out if the time is not known yet
    room: Hall                    # always spelled the same way

  # To add a session, copy these lines and delete the # before each. A start of 24:30 is half
  # past midnight, in the night after the day.
  # - id: tea
  #   title: Tea for beginners
  #   speakers: [Ada Berg, Lin Mo]
  #   category: talks-3
  #   day: 2030-05-11
  #   start: 14:00
  #   end: 15:30                  # instead of the duration
  #   room: "No"
  #   description: What it is about.
"""


def test_a_new_schedule_explains_its_fields() -> None:
    assert starter(FACTS) == WHOLE


@pytest.mark.parametrize("facts", [FACTS, SHORT], ids=["two days", "one day"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_valid_and_so_is_its_example(facts: Starter, language: str) -> None:
    with using_language(language):
        text = starter(facts)
    (session,) = parse(text.encode(), "new.yaml").schedule.sessions
    assert session.slots[0].start and session.slots[0].start.isoformat() == "2030-05-10T09:30:00+08:00"
    uncommented = re.sub(r"^  # (?=- |  |place|url)", "  ", text, flags=re.MULTILINE)
    schedule = parse(uncommented.encode(), "new.yaml").schedule
    assert [one.id for one in schedule.sessions] == [session.id, "tea"]
    assert schedule.conference.place and schedule.conference.url


def test_ids_are_made_of_names_that_have_no_letters() -> None:
    schedule = parse(starter(SHORT).encode(), "new.yaml").schedule
    assert schedule.conference.id == "cha-2030"
    assert [category.id for category in schedule.categories] == ["cha"]
    assert [session.id for session in schedule.sessions] == ["session"]


def test_comments_are_in_the_language_of_the_messages() -> None:
    with using_language("zh"):
        comments = re.findall(r"# ?(.*)", starter(SHORT))
    assert [text for text in comments if not re.search(r"[\u4e00-\u9fff]|^(- id|  |url)", text)] == []
