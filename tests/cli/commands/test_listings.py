"""The commands that list: whole outputs on the built-in schedule, in every format, with every filter."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from summitcli.details import SpeakerRow
from summitcli.rows import CategoryRow, DayRow, Listing, NameRow, SessionRow
from tests.conftest import Asked, Run
from tests.inside import look
from tests.schedules import DATA, bundled_listings, document, session, timed, write

NAMES = {category["id"]: category["name"]["zh"] for category in DATA["categories"]}
ENGLISH = {category["id"]: category["name"]["en"] for category in DATA["categories"]}
LISTINGS = bundled_listings()
SOME_ID = "contest-awards"


def tsv(*days: str, category: str = "", language: str = "zh") -> str:
    return "".join(
        f"{day}\t\t{one['id']}\t{one['category']}\t{one['title'][language]}\n"
        for day, one, _part, _parts in LISTINGS
        if (not days or day in days) and (not category or one["category"] == category)
    )


def listing(day: str, one: Mapping[str, Any], part: int, parts: int) -> dict[str, Any]:
    return {
        "id": one["id"],
        "title": one["title"]["zh"],
        "titles": one["title"],
        "category": one["category"],
        "category_name": NAMES[one["category"]],
        "day": day,
        "day_number": int(day[-2:]) - 22,
        "start": None,
        "end": None,
        "all_day": True,
        "part": part,
        "parts": parts,
        "room": None,
        "speakers": [],
        "language": None,
        "url": None,
        "description": None,
        "in_agenda": False,
        "guid": None,
        "pick": None,
        "status": None,
        "descriptions": {},
        "tags": [],
    }


def one_session(one: Mapping[str, Any], shown: int = 0) -> dict[str, Any]:
    """Return the expected row of a session whose slot number ``shown`` is the first that matches."""
    days = [slot["day"] for slot in one["slots"]]
    return {
        **listing(days[shown], one, shown + 1, len(days)),
        "days": days,
        "slots": [{"day": day, "start": None, "end": None, "all_day": True, "room": None} for day in days],
        "level": None,
        "links": [],
        "feedback_url": None,
        "people": [],
    }


def test_list_as_json_is_every_listing_with_every_key_in_order(call: Run) -> None:
    answer = json.loads(call("list", "--json"))
    assert answer == [listing(*one) for one in LISTINGS]
    assert [list(row) for row in answer] == [list(listing(*LISTINGS[0]))] * 51


def test_list_as_json_lines_is_the_same_rows(ask: Asked) -> None:
    lines = ask("list", "-f", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == [listing(*one) for one in LISTINGS]


def test_list_in_a_pipe_is_tab_separated(call: Run) -> None:
    assert call("list") == tsv()


def test_list_with_a_header_begins_with_the_field_names(ask: Asked) -> None:
    assert ask("list", "--header") == (0, "day\tstart\tid\tcategory\ttitle\n" + tsv(), "")


def test_list_as_csv_follows_rfc_4180(ask: Asked) -> None:
    rows = list(csv.reader(io.StringIO(ask("list", "-f", "csv").out, newline=""), strict=True))
    assert rows == [
        ["day", "start", "id", "category", "title"],
        *([day, "", one["id"], one["category"], one["title"]["zh"]] for day, one, _n, _m in LISTINGS),
    ]


def test_list_as_ids_names_each_session_once(ask: Asked) -> None:
    wanted = list(dict.fromkeys(one["id"] for _day, one, _part, _parts in LISTINGS))
    assert ask("list", "-f", "ids").out == "".join(f"{id_}\n" for id_ in wanted)


def test_list_as_markdown_is_a_table(ask: Asked) -> None:
    assert ask("day", "4", "-f", "md").out == (
        "| day | start | id | category | title |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| 2022-07-26 |  | achievements-exhibition | exhibition | 第五届数字中国建设成果展览会 |\n"
        "| 2022-07-26 |  | digital-product-expo | product-expo | 第二届中国国际数字产品博览会 |\n"
        "| 2022-07-26 |  | cloud-ecosystem-exhibition | exhibition | 第五届数字中国建设峰会·云生态成果展 |\n"
    )


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_day_by_its_number(ask: Asked, number: int) -> None:
    answer = ask("day", str(number))
    assert answer == (0, tsv(f"2022-07-{22 + number}"), "")
    assert len(answer.out.splitlines()) == [23, 21, 4, 3][number - 1]


@pytest.mark.parametrize(
    "when",
    [
        "2",
        "2022-07-24",
        "7-24",
        "7/24",
        "7月24日",
        "sun",
        "Sunday",
        "周日",
        "星期日",
        "周天",
        "第2天",
        " ２ ",
    ],
)
def test_a_day_in_every_notation(ask: Asked, when: str) -> None:
    expected = (0, tsv("2022-07-24"), "")
    assert ask("day", when) == ask("list", "-d", when) == expected


@pytest.mark.parametrize(
    "words",
    [
        ["today", "--at", "2022-07-23"],
        ["today", "--at", "2022-07-22T11:30-05:00"],
        ["today", "--at", "2022-07-22T23:30-04:00"],
        ["today", "--at", "2022-07-23T23:59"],
        ["tomorrow", "--at", "2022-07-22"],
        ["day", "今天", "--at", "1"],
        ["day", "yesterday", "--at", "2"],
        ["day", "明天", "--at", "2022-07-22T23:59"],
        ["now", "--at", "2022-07-23T10:00"],
        ["now", "--at", "sat 10:00"],
        ["now", "--at", "周六 10:00"],
        ["now", "--at", "7月23日T10:00"],
        ["next", "--at", "2022-07-22T23:59"],
        ["list", "-d", "1", "--from", "0:00", "--to", "24:00", "--at", "5"],
    ],
    ids=" ".join,
)
def test_the_first_day_at_any_time(ask: Asked, words: list[str]) -> None:
    if "--from" in words:
        assert ask(*words).status == 2
    else:
        warning = {
            "now": "this schedule has no times: these are today's sessions\n",
            "next": "this schedule has no times: these are sessions of 23 July\n",
        }
        assert ask(*words) == (0, tsv("2022-07-23"), warning.get(words[0], ""))


def test_now_and_next_without_times_say_so_unless_quiet(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMIT_LANG", "zh")
    now, later = ("now", "--at", "3"), ("next", "-n", "30", "--at", "2022-07-22")
    assert ask(*now, "--json").err == "会议日程未公布具体时间：列出的是今天的场次\n"
    assert ask(*later, "-f", "ids").err == "会议日程未公布具体时间：列出的是7月23日、7月24日的场次\n"
    assert [ask(*words, "-q").err for words in (now, later)] == ["", ""]
    slot = timed("2024-05-01", "2024-05-01T10:00:00+02:00", "2024-05-01T11:00:00+02:00")
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(write(tmp_path / "a.json", document(session("a", slot)))))
    assert ask("now", "--at", "1T10:30").err == ""
    assert ask("next", "--at", "1").err == ""


def test_the_option_at_overrides_the_environment(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_NOW", "2022-07-25")
    assert ask("today") == (0, tsv("2022-07-25"), "")
    assert ask("today", "--at", "2022-07-26") == (0, tsv("2022-07-26"), "")


@pytest.mark.parametrize(
    ("variable", "text", "sentence"),
    [
        (
            "SUMMIT_NOW",
            "garbage",
            'no day "garbage"; use a number from 1 to 4, a date such as 2022-07-23, a weekday or "today"',
        ),
        ("SUMMIT_NOW", "9:30", '"9:30" is a time without a day; give both, such as 1T9:30 for day 1'),
        ("SUMMIT_SCHEDULE", "garbage", 'no schedule named "garbage". Available: bundled'),
        ("SUMMIT_LANG", "garbage", 'no language "garbage". Available: en, zh, auto'),
    ],
)
def test_an_error_names_the_variable_that_holds_the_value(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, variable: str, text: str, sentence: str
) -> None:
    monkeypatch.setenv(variable, text)
    assert ask("today") == (2, "", f"summit: {variable}: {sentence}\n")
    option = {"SUMMIT_NOW": "--at", "SUMMIT_SCHEDULE": "--schedule", "SUMMIT_LANG": "--lang"}[variable]
    if variable != "SUMMIT_LANG":
        # What is wrong with an option is not blamed on a variable.
        assert ask("today", "--assume-timezone", "x").err.startswith('summit: no time zone "x"')
    monkeypatch.delenv(variable)
    assert ask("today", option, text) == (2, "", f"summit: {sentence}\n")


def test_next_shows_the_first_part_of_a_session(ask: Asked) -> None:
    new_on_sunday = [
        f"{day}\t\t{one['id']}\t{one['category']}\t{one['title']['zh']}\n"
        for day, one, part, _parts in LISTINGS
        if day == "2022-07-24" and part == 1
    ]
    assert ask("next", "--at", "1").out == "".join(new_on_sunday)
    assert ask("next", "-n", "2", "--at", "1").out == "".join(new_on_sunday[:2])


@pytest.mark.parametrize("category", list(NAMES))
def test_a_category_by_id_and_by_any_name_in_any_case(ask: Asked, category: str) -> None:
    rows = tsv(category=category)
    expected = (0, rows, "") if rows else (1, "", "no matching sessions\n")
    for name in (category, category.upper(), NAMES[category], ENGLISH[category].lower()):
        assert ask("list", "-c", name) == expected


def test_a_category_by_an_unambiguous_beginning_of_its_id(ask: Asked) -> None:
    assert ask("list", "-c", "for") == (0, tsv(category="forum"), "")
    assert ask("list", "-c", "ＣＯＮＴ", "-d", "2").out == tsv("2022-07-24", category="contest")
    every = ask("list").out
    assert ask("list", "-x", "con").out == "".join(
        line for line in every.splitlines(keepends=True) if line.split("\t")[3] != "contest"
    )


def test_a_whole_category_id_wins_over_one_that_begins_with_it(ask: Asked, tmp_path: Path) -> None:
    categories = [{"id": "web", "name": "Web"}, {"id": "web-security", "name": "Web Security"}]
    sessions = session("a", category="web"), session("b", category="web-security")
    file = write(tmp_path / "s.json", {**document(*sessions), "categories": categories})
    assert ask("list", "-c", "web", "-f", "ids", "--schedule", str(file)).out == "a\n"
    assert ask("list", "-c", "web-", "-f", "ids", "--schedule", str(file)).out == "b\n"
    assert ask("list", "-c", "", "-f", "ids", "--schedule", str(file)).status == 2


def test_a_category_in_a_schedule_without_any_is_an_error(ask: Asked, tmp_path: Path) -> None:
    file = write(tmp_path / "s.json", {**document(session("a")), "categories": []})
    answer = ask("list", "-c", "talk", "--schedule", str(file))
    assert answer == (2, "", "summit: this schedule has no categories\n")


def test_repeated_filters_mean_any_and_different_ones_all(ask: Asked) -> None:
    chosen = [
        one for one in LISTINGS if one[0] in ("2022-07-24", "2022-07-25")
        and one[1]["category"] in ("contest", "exchange")
    ]  # fmt: skip
    answer = ask("list", "-d", "2", "--day", "3", "-c", "contest", "--category", "交流活动", "--json")
    assert json.loads(answer.out) == [listing(*one) for one in chosen]


def test_an_excluded_category_is_left_out(ask: Asked) -> None:
    chosen = [one for one in LISTINGS if one[1]["category"] not in ("forum", "contest")]
    answer = ask("list", "-x", "forum", "--exclude-category", "contest", "--json")
    assert json.loads(answer.out) == [listing(*one) for one in chosen]


def test_the_forums_have_21_titles(ask: Asked) -> None:
    assert len(set(ask("list", "-c", "forum", "--fields", "title").out.splitlines())) == 21


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["list"], Listing), (["search", "论坛"], SessionRow), (["show", "main-forum"], SessionRow),
        (["days"], DayRow), (["categories"], CategoryRow), (["rooms"], NameRow), (["speakers"], SpeakerRow),
    ],
    ids=str,
)  # fmt: skip
def test_fields_help_lists_the_fields(ask: Asked, words: list[str], kind: Any) -> None:
    assert ask(*words, "--fields", "help") == (0, "".join(f"{name}\n" for name in kind._fields), "")


def test_every_field_can_be_chosen(ask: Asked) -> None:
    answer = ask("show", SOME_ID, "--fields", ",".join(SessionRow._fields))
    (one,) = [one for one in DATA["sessions"] if one["id"] == SOME_ID]
    titles = json.dumps(one["title"], ensure_ascii=False)
    slots = json.dumps(one_session(one)["slots"])
    row = [
        SOME_ID,
        one["title"]["zh"],
        titles,
        "contest",
        "创新大赛",
        *("2022-07-24", "2", "", "", "true", "1", "1", "", "", "", "", ""),
        *("false", "", "", "", "{}", "", "2022-07-24", slots),
        *("", "", "", ""),
    ]
    assert answer.out == "\t".join(row) + "\n"


def test_chosen_fields_in_the_chosen_order_in_every_format_that_has_fields(ask: Asked) -> None:
    words = ["show", "main-forum", "--fields", "title, id"]
    assert ask(*words).out == "主论坛\tmain-forum\n"
    assert ask(*words, "-f", "csv").out == "title,id\r\n主论坛,main-forum\r\n"
    assert ask(*words, "-f", "json").out == '[\n{"title": "主论坛", "id": "main-forum"}\n]\n'
    assert ask(*words, "-f", "jsonl").out == '{"title": "主论坛", "id": "main-forum"}\n'
    assert ask(*words, "-f", "md").out == "| title | id |\n| --- | --- |\n| 主论坛 | main-forum |\n"


def test_a_template_makes_a_line_for_each_row(ask: Asked) -> None:
    answer = ask("day", "4", "--template", r"{{{day}}}\t{title} ({part}/{parts})")
    assert answer.out == "".join(
        f"{{{day}}}\t{one['title']['zh']} ({part}/{parts})\n"
        for day, one, part, parts in LISTINGS
        if day == "2022-07-26"
    )


def test_show_gives_a_session_once_with_its_slots(ask: Asked) -> None:
    wanted = [one for one in DATA["sessions"] if one["id"] in ("main-forum", "contest-vehicle-security")]
    answer = ask("show", "main-forum", "contest-v", "main-f", "--json")
    assert (answer.status, json.loads(answer.out), answer.err) == (
        0,
        [one_session(one) for one in wanted],
        "",
    )


def test_a_session_has_the_day_time_and_room_of_its_first_matching_slot(ask: Asked, tmp_path: Path) -> None:
    slots = [
        timed("2024-05-01", f"2024-05-01T{hour}:00:00+02:00", f"2024-05-01T{hour}:30:00+02:00", room=room)
        for hour, room in (("09", "A"), ("14", "B"), ("16", "B"))
    ]
    file = str(
        write(tmp_path / "s.json", document(session("talk", *slots, guid="urn:x:1", tags=["a", "b, c"])))
    )
    words = ("search", "talk", "--schedule", file, "--json")
    for filters, first in (((), 0), (("-r", "B"), 1), (("--from", "15:00"), 2)):
        (found,) = json.loads(ask(*words, *filters).out)
        held = [{"day": "2024-05-01", "all_day": False, **slot} for slot in found["slots"]]
        assert [slot["room"] for slot in held] == ["A", "B", "B"]
        shown = {key: found[key] for key in held[first]}
        assert (shown, found["part"], found["parts"]) == (held[first], first + 1, 3)
        assert (found["guid"], found["pick"], found["days"]) == ("urn:x:1", None, ["2024-05-01"])
    (listed,) = json.loads(ask("list", "--schedule", file, "--from", "15:00", "--json").out)
    (found,) = json.loads(ask(*words, "--from", "15:00").out)
    assert (listed["tags"], found["tags"]) == (["a", "b, c"], ["a", "b, c"])
    details = ("level", "links", "feedback_url", "people")
    assert list(found) == [*listed, "days", "slots", *details]
    assert {key: found[key] for key in listed} == listed


def test_a_whole_id_wins_over_one_that_begins_with_it(ask: Asked, tmp_path: Path) -> None:
    file = write(tmp_path / "s.json", document(session("ab-c"), session("ab")))
    assert ask("show", "ab", "--schedule", str(file)).out == "2024-05-01\t\tab\t\tAb\n"


def test_search_finds_words_in_any_order_and_either_language(ask: Asked) -> None:
    assert ask("search", "论坛", "5G").out == "2022-07-24\t\t5g-6g-forum\tforum\t5G应用及6G愿景分论坛\n"
    assert ask("search", "RMB digital", "-c", "forum", "-f", "ids").out == "digital-rmb-forum\n"
    assert ask("search", "数字医疗", "-d", "2") == (1, "", 'no sessions match "数字医疗"\n')


def test_the_number_of_matches_in_descriptions_is_reported(ask: Asked, tmp_path: Path) -> None:
    held = [session(id_, description=f"About {id_} in trees") for id_ in ("bookworms", "beetles")]
    held = [one | {"id": f"s-{number}", "title": {"en": "Talk"}} for number, one in enumerate(held)]
    file = str(write(tmp_path / "s.json", document(*held)))
    for words, count in [("trees", "2 match"), ("bookworms trees", "1 matches")]:
        said = f'no sessions match "{words}"; use `--full` to search descriptions ({count})\n'
        shown = look(["search", words, "--schedule", file], columns=100)
        assert (shown.status, shown.out.splitlines(keepends=True)[0]) == (1, said)
        plain = f'no sessions match "{words}"\n'
        assert ask("search", words, "--schedule", file) == (1, "", plain)
    assert ask("search", "trees", "--full", "--schedule", file).status == 0
    assert ask("search", "nowhere", "--schedule", file) == (1, "", 'no sessions match "nowhere"\n')


def test_the_days_with_their_counts(ask: Asked) -> None:
    rows = [("2022-07-23", 1, "Saturday", 23), ("2022-07-24", 2, "Sunday", 21), ("2022-07-25", 3,
    "Monday", 4),
            ("2022-07-26", 4, "Tuesday", 3)]  # fmt: skip
    assert ask("days").out == "".join("\t".join(map(str, row)) + "\n" for row in rows)
    keys = ("day", "day_number", "weekday", "sessions")
    assert json.loads(ask("days", "--json").out) == [dict(zip(keys, row, strict=True)) for row in rows]


def test_the_ten_categories_with_their_counts(ask: Asked) -> None:
    assert json.loads(ask("categories", "--json").out) == [
        {
            "id": category["id"],
            "name": category["name"]["zh"],
            "names": category["name"],
            "sessions": sum(one["category"] == category["id"] for one in DATA["sessions"]),
            "listings": sum(one["category"] == category["id"] for _day, one, _n, _m in LISTINGS),
        }
        for category in DATA["categories"]
    ]
    assert [int(line.split("\t")[2]) for line in ask("categories").out.splitlines()] == [
        1, 1, 0, 21, 2, 1, 8, 1, 2, 1,
    ]  # fmt: skip


@pytest.mark.parametrize(("command", "nothing"), [("rooms", "rooms"), ("speakers", "speakers")])
def test_a_schedule_without_rooms_or_speakers_gives_an_empty_array(
    ask: Asked, command: str, nothing: str
) -> None:
    assert ask(command, "--json") == (1, "[]\n", f"this schedule has no {nothing}\n")


def test_about_holds_every_fact_of_the_file(ask: Asked) -> None:
    def grows(short: Any, long: Any) -> bool:
        """Return whether ``long`` has everything of ``short``, and otherwise only unknown values."""
        if isinstance(short, dict):
            return all(grows(value, long[key]) for key, value in short.items()) and not any(
                value for key, value in long.items() if key not in short
            )
        if isinstance(short, list):
            return len(short) == len(long) and all(map(grows, short, long))
        return bool(short == long)

    about = json.loads(ask("about", "--json").out)
    titles = about.pop("titles")
    assert (about.pop("title"), titles) == (titles["zh"], DATA["conference"]["title"])
    whole = {**DATA["conference"], "translations": DATA["translations"], "revised": DATA["revised"]}
    del whole["title"]
    assert grows(whole, about)


def test_titles_are_in_the_chosen_language_and_json_stays_the_same(ask: Asked) -> None:
    assert ask("day", "1", "--lang", "en").out == tsv("2022-07-23", language="en")
    own, english = ask("day", "1", "--json"), ask("day", "1", "--json", "--lang", "en")
    assert [row["title"] for row in json.loads(english.out)] == [row["title"] for row in json.loads(own.out)]
    assert ask("categories", "--lang", "en", "--fields", "name").out == "".join(
        f"{name}\n" for name in ENGLISH.values()
    )


@pytest.mark.parametrize("locale", ["zh_CN.UTF-8", "en_US.UTF-8", "de_DE.UTF-8", "C", "POSIX", ""])
def test_in_a_pipe_no_locale_changes_a_byte(ask: Asked, monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert ask("day", "1").out == tsv("2022-07-23")


def test_filters_by_room_speaker_language_and_clock_time(ask: Asked, tmp_path: Path) -> None:
    hall = timed("2024-05-01", "2024-05-01T10:00+02:00", "2024-05-01T11:00+02:00", room="Great Hall")
    night = timed("2024-05-01", "2024-05-01T23:30:00Z", "2024-05-02T00:30:00Z", room="Bar")
    file = write(
        tmp_path / "s.json",
        document(
            session("morning", hall, speakers=["Ada Lovelace"], language="en", category="talk"),
            session("night", night, speakers=["李雷"], language="zh"),
            session("whole", {"day": "2024-05-01"}),
        ),
    )
    whole = "2024-05-01\t\twhole\t\tWhole\n"
    morning = "2024-05-01\t10:00\tmorning\ttalk\tMorning\n"
    late = "2024-05-01\t01:30\tnight\t\tNight\n"
    assert ask("list", "--schedule", str(file)).out == whole + morning + late
    for words, expected in [
        (["-r", "great hall"], morning), (["--room", "ＢＡＲ"], late), (["-s", "ada"], morning),
        (["--speaker", "李雷"], late), (["--language", "EN"], morning), (["--from", "10:00"], morning + late),
        (["--from", "10:01"], late), (["--to", "10:01"], morning), (["--from", "22", "--to", "2:00"], late),
    ]:  # fmt: skip
        assert ask("list", *words, "--schedule", str(file)) == (0, expected, "")
    assert json.loads(ask("rooms", "--json", "--schedule", str(file)).out) == [
        {"name": "Bar", "sessions": 1}, {"name": "Great Hall", "sessions": 1},
    ]  # fmt: skip
    assert ask("list", "-r", "Balcony", "--schedule", str(file)).err.startswith('summit: no room "Balcony"')
    starts = json.loads(ask("show", "night", "--json", "--schedule", str(file)).out)[0]["slots"][0]["start"]
    assert starts == "2024-05-02T01:30:00+02:00"


def test_search_returns_the_requested_number_of_best_matches(ask: Asked) -> None:
    whole = ask("search", "论坛", "-f", "ids").out.splitlines()
    assert len(whole) > 20
    assert ask("search", "论坛", "-f", "ids", "-n", "3").out.splitlines() == whole[:3]


def hackathon(tmp_path: Path) -> str:
    """Return a schedule with a session that lasts three days."""
    hack = timed("2024-05-01", "2024-05-01T18:00:00+02:00", "2024-05-03T16:00:00+02:00", room="Lab")
    talk = timed("2024-05-02", "2024-05-02T10:00:00+02:00", "2024-05-02T11:00:00+02:00", room="Hall")
    party = timed("2024-05-01", "2024-05-01T22:00:00+02:00", "2024-05-02T04:00:00+02:00")
    made = document(session("hack", hack), session("talk", talk), session("party", party), end="2024-05-03")
    return str(write(tmp_path / "hack.json", made))


def test_a_day_includes_earlier_sessions_that_continue(ask: Asked, tmp_path: Path) -> None:
    file = hackathon(tmp_path)
    hack, talk = "2024-05-01\t18:00\thack\t\tHack\n", "2024-05-02\t10:00\ttalk\t\tTalk\n"
    assert ask("day", "2", "--schedule", file) == (0, hack + talk, "")
    assert ask("today", "--at", "2024-05-02", "--schedule", file) == (0, hack + talk, "")
    assert ask("tomorrow", "--at", "2024-05-02", "--schedule", file) == (0, hack, "")
    assert ask("day", "2", "--schedule", file, "-r", "hall") == (0, talk, "")
    assert ask("day", "2", "--schedule", file, "-r", "lab") == (0, hack, "")
    assert ask("day", "2", "--schedule", file, "--from", "09:00") == (0, talk, "")
    assert ask("list", "-d", "2", "--schedule", file) == (0, talk, "")
    assert ask("grid", "2", "--schedule", file) == (0, hack + talk, "")


def test_a_table_shows_the_end_of_a_session_of_several_days(ask: Asked, tmp_path: Path) -> None:
    file = hackathon(tmp_path)
    assert ask("day", "2", "-f", "table", "--schedule", file, "--lang", "en").out == (
        "Conf   Thursday 2 May   day 2 of 3\n\n"
        "  …–3 May 16:00  Hack  Lab   [hack]\n"
        "  10:00–11:00    Talk  Hall  [talk]\n\n"
        "2 sessions\n"
    )
    shown = ask("list", "-f", "table", "--schedule", file, "--lang", "en").out
    assert [line.split("  ")[1] for line in shown.splitlines() if ":" in line] == [
        "18:00–3 May 16:00", "22:00–04:00", "10:00–11:00",
    ]  # fmt: skip


def test_a_session_in_two_languages_matches_both(ask: Asked, tmp_path: Path) -> None:
    held = (
        session("a", language="de, en"),
        session("b", language="en"),
        session("c", language="de-AT"),
        session("d"),
    )
    file = str(write(tmp_path / "languages.json", document(*held)))
    for language, ids in (("en", "a\nb\n"), ("de", "a\n"), ("de-at", "c\n")):
        assert ask("list", "--schedule", file, "--language", language, "-f", "ids") == (0, ids, "")
    assert ask("list", "--schedule", file, "--language", "fr").err.endswith("Available: de, de-AT, en\n")


def test_rooms_are_in_the_order_of_the_schedule(ask: Asked, tmp_path: Path) -> None:
    held = [
        session(room.lower(), timed("2024-05-01", "2024-05-01T10:00:00Z", "2024-05-01T11:00:00Z", room=room))
        for room in ("Ground", "Annex", "One", "Zero")
    ]
    file = str(write(tmp_path / "rooms.json", document(*held, rooms=["One", "Ground", "Zero", "Two"])))
    assert ask("rooms", "--schedule", file) == (0, "One\t1\nGround\t1\nZero\t1\nAnnex\t1\n", "")
    picture = ask("grid", "1", "-f", "table", "--schedule", file, "--lang", "en").out
    assert picture.splitlines()[2].split() == ["One", "Ground", "Zero", "Annex"]


def test_the_status_of_a_session_is_shown_beside_it(ask: Asked, tmp_path: Path) -> None:
    slots = [timed("2024-05-01", f"2024-05-01T1{n}:00:00Z", f"2024-05-01T1{n}:30:00Z") for n in range(3)]
    statuses = ("tentative", "rescheduled", "moved online")
    held = [session(f"s{n}", slots[n], status=status) for n, status in enumerate(statuses)]
    file = str(write(tmp_path / "status.json", document(*held)))
    assert ask("list", "--schedule", file, "--fields", "id,status") == (
        0, "s0\ttentative\ns1\trescheduled\ns2\tmoved online\n", ""
    )  # fmt: skip
    for command in (("list",), ("grid", "1"), ("show", "s0", "s1", "s2")):
        shown = ask(*command, "-f", "table", "--schedule", file, "--lang", "zh").out
        assert all(word in shown for word in ("暂定", "已改期", "moved online")), command


def years(tmp_path: Path) -> str:
    """Return a calendar of three events in two years."""
    events = "".join(
        f"BEGIN:VEVENT\nUID:{day}\nDTSTART:{day}T100000Z\nDTEND:{day}T110000Z\nSUMMARY:On {day}\nEND:VEVENT\n"
        for day in ("20280831", "20300801", "20300831")
    )
    file = tmp_path / "years.ics"
    file.write_text(f"BEGIN:VCALENDAR\nX-WR-CALNAME:Tea\n{events}END:VCALENDAR\n")
    return str(file)


def test_in_a_calendar_of_several_years_the_days_around_at_are_read(ask: Asked, tmp_path: Path) -> None:
    said = (
        "the schedule's time zone is unknown; showing times in UTC"
        " (choose another with --assume-timezone ZONE)\n"
        "{} outside {}; at most 366 days are read (choose others with --at DAY)\n"
    )
    file = years(tmp_path)
    list_ = ("list", "--schedule", file, "-f", "ids")
    fullest, old = "20300801\n20300831\n", "20280831\n"
    stretch = "2030-08-01 – 2030-08-31"
    assert ask(*list_, "--at", "2030-08-02") == (0, fullest, said.format("1 event", stretch))
    assert ask(*list_).out == fullest
    assert ask(*list_, "--at", "2028-01-01T10:00") == (0, old, said.format("2 events", "2028-08-31"))
    assert ask(*list_, "--at", "2028-01-01").out == old
    assert ask(*list_, "--at", "2030-12-24").out == fullest
    assert ask("today", "--schedule", file, "--at", "2028-08-31", "-f", "ids").out == old


def test_a_schedule_without_categories_has_no_category_headings(ask: Asked, tmp_path: Path) -> None:
    day = document(session("a"), session("b", {"day": "2024-05-01"}))
    file = str(write(tmp_path / "days.json", day | {"categories": []}))
    shown = ask("day", "1", "-f", "table", "--schedule", file, "--lang", "en").out.splitlines()
    assert [line.split() for line in shown[2:4]] == [["A", "a"], ["B", "b"]]
    drawn = ask("grid", "-f", "table", "--schedule", file, "--lang", "en").out.splitlines()
    assert [line.split()[0] for line in drawn[2:] if line.strip()] == ["Wed", "1", "A", "B", "2", "2"]


def test_long_stretches_of_empty_days_are_left_out(ask: Asked, tmp_path: Path) -> None:
    days = ask("days", "--schedule", years(tmp_path))
    assert days.out == "2030-08-01\t1\tThursday\t1\n2030-08-31\t31\tSaturday\t1\n"
    shown = ask("days", "-f", "table", "--schedule", years(tmp_path), "--lang", "en").out
    assert [line.split()[0] for line in shown.splitlines()] == ["1", "…", "31"]
    few = document(session("a"), session("b", {"day": "2024-05-09"}), end="2024-05-09")
    assert ask("days", "--schedule", str(write(tmp_path / "few.json", few))).out.count("\n") == 9


@pytest.mark.parametrize("words", [(), ("-n", "30")])
def test_next_without_times_shows_the_sessions_that_continue_on_later_days(
    ask: Asked, words: tuple[str, ...]
) -> None:
    def on(*days: str) -> str:
        return "".join(
            f"{day}\t\t{one['id']}\t{one['category']}\t{one['title']['zh']}\n"
            for day, one, _part, _parts in LISTINGS
            if day in days
        )

    later = ("2022-07-25", "2022-07-26") if words else ("2022-07-25",)
    names = "25 July, 26 July" if words else "25 July"
    warning = f"this schedule has no times: these are sessions of {names}\n"
    assert ask("next", *words, "--at", "2022-07-24T10:00") == (0, on(*later), warning)
    last = "no more sessions to start; see `summit now` for those in progress\n"
    assert ask("next", *words, "--at", "2022-07-26T10:00") == (1, "", last)
