"""What each command's help shows it doing: command lines that a test runs, and a word on each."""

from typing import NamedTuple


class Example(NamedTuple):
    """A command line, what it does, and the status that it ends with where that is the point of it."""

    line: str
    what: str
    status: int = 0


EXAMPLES = {
    "": (
        Example("summit day 1", "The first day."),
        Example("summit search 数字 福建", "Sessions by any part of their names, in any order."),
        Example("summit agenda add big-data-forum", "Pick a session."),
        Example("summit agenda export -o agenda.ics", "What I picked, for the calendar of my phone."),
    ),
    "today": (
        Example("summit today --at 2022-07-24", "As if it were that day."),
        Example("summit today --at 2022-07-24 -c forum", "Only its forums."),
    ),
    "tomorrow": (Example("summit tomorrow --at 2022-07-23", "What comes, seen from the first day."),),
    "day": (
        Example("summit day 1", "The first day."),
        Example("summit day sat -c forum", "The forums of Saturday."),
        Example("summit day 7月24日 --json", "A day as JSON, for other programs."),
    ),
    "now": (
        Example("summit now --at 2022-07-24T10:00", "What was running on that morning."),
        Example("summit now --at 2022-07-24T10:00 --agenda", "What of it I had picked."),
    ),
    "next": (
        Example("summit next --at 2022-07-22", "What came first."),
        Example("summit next -n 3 --at 2022-07-23", "The next three."),
    ),
    "list": (
        Example("summit list -c forum -d 2", "The forums of the second day."),
        Example("summit list -c contest -c exhibition", "Two categories."),
        Example("summit list --fields day,title -f csv", "Two columns, for a spreadsheet."),
        Example("summit list --template '{day} {title}'", "Lines of your own."),
    ),
    "search": (
        Example("summit search 数字 福建", "Parts of a name, in any order."),
        Example("summit search szjj", "The initials of the pinyin of 数字经济."),
        Example("summit search cyber sec", "Beginnings of English words."),
        Example("summit search 数据 -c forum -n 3", "The three best among the forums."),
    ),
    "show": (
        Example("summit show big-data", "By the beginning of its id."),
        Example("summit show 区块链", "By a word of its name."),
        Example("summit show opening main-forum --json", "Two sessions as JSON."),
    ),
    "grid": (
        Example("summit grid", "The whole conference, or today where times are known."),
        Example("summit grid 2 -c forum", "The forums of the second day."),
        Example("summit grid --svg schedule.svg", "A picture for a web page."),
    ),
    "about": (
        Example("summit about --full", "With all that the conference says of itself."),
        Example("summit about --json", "The same facts for other programs."),
    ),
    "agenda": (
        Example("summit agenda", "What I picked."),
        Example("summit agenda -d 2", "What I picked of the second day."),
        Example("summit agenda --name friends", "Another agenda of mine."),
    ),
    "agenda add": (
        Example("summit agenda add big-data contest-awards", "By ids, or beginnings of them."),
        Example("summit agenda add digital-product -d 2", "Only one day of a longer session."),
        Example("summit agenda add -c forum -d 2", "Everything that the filters leave."),
        Example("summit agenda add opening --name friends", "Into another agenda."),
    ),
    "agenda remove": (
        Example("summit agenda remove big-data-forum", "By its id."),
        Example("summit agenda remove -c forum", "All forums."),
    ),
    "agenda clear": (
        Example("summit agenda clear --yes", "Without being asked."),
        Example("summit agenda clear --yes --name friends", "Another agenda of mine."),
    ),
    "agenda conflicts": (
        Example("summit agenda conflicts", "What clashes."),
        Example("summit agenda conflicts --json", "The same for other programs."),
    ),
    "agenda gaps": (
        Example("summit agenda gaps --schedule timed.json", "Where the schedule publishes clock times."),
        Example("summit agenda gaps --schedule timed.json --min 1h", "Only an hour or more."),
    ),
    "agenda compare": (
        Example("summit agenda compare colleague.ics", "With a colleague's file."),
        Example("summit agenda compare friends", "With another agenda of mine."),
    ),
    "agenda import": (
        Example("summit agenda import colleague.ics", "Into my agenda."),
        Example("summit agenda import colleague.ics --name friends", "Into one of its own."),
    ),
    "agenda export": (
        Example("summit agenda export -o agenda.ics", "For any calendar."),
        Example("summit agenda export -o agenda.ics --alarm 30m", "With an alarm before each session."),
        Example("summit agenda export -o agenda.html", "As a page to print."),
    ),
    "export": (
        Example("summit export -c forum -d 2 -o forums.ics", "The forums of the second day, as a calendar."),
        Example("summit export -o schedule.csv", "Everything, for a spreadsheet."),
        Example("summit export -f md", "Everything as Markdown, to stdout."),
    ),
    "days": (
        Example("summit days", "How much there is on each day."),
        Example("summit days -c forum", "How many forums."),
    ),
    "categories": (
        Example("summit categories", "What -c takes."),
        Example("summit categories -d 2", "Those of the second day."),
    ),
    "rooms": (Example("summit rooms --schedule timed.json", "What -r takes."),),
    "speakers": (Example("summit speakers --schedule timed.json", "What -s takes."),),
    "use": (
        Example("summit use https://example.org/schedule.json", "From the web, once."),
        Example("summit use timed.json --name meetup", "From a file, under a name of your own."),
        Example("summit use bundled", "Back to the schedule that comes with the program."),
    ),
    "schedules": (
        Example("summit schedules", "What is kept, and which is in use."),
        Example("summit schedules --json", "The same for other programs."),
    ),
    "schedules remove": (Example("summit schedules remove meetup", "By its name."),),
    "update": (
        Example("summit update", "The schedule in use."),
        Example("summit update meetup", "Another one that is kept."),
        Example("summit update --check", "Only tell, as for cron: 1 where nothing has changed.", 1),
    ),
    "diff": (
        Example("summit diff old.json timed.json", "What has changed since."),
        Example("summit diff old.json timed.json --json", "The same for other programs."),
    ),
    "validate": (
        Example("summit validate timed.json", "Problems with their paths and lines."),
        Example("summit validate timed.json --strict", "Also what only the format's definition forbids."),
    ),
    "convert": (
        Example("summit convert timed.json -o timed.ics", "A calendar of all sessions."),
        Example("summit convert timed.json -f frab-xml", "What other conference programs read."),
    ),
    "completion": (
        Example("summit completion bash --install", "Put it where bash-completion looks."),
        Example("summit completion zsh", 'In ~/.zshrc: eval "$(summit completion zsh)".'),
    ),
    "doctor": (
        Example("summit doctor", "Name each problem, and the command that repairs it."),
        Example("summit doctor --repair", "Repair what can be repaired without losing anything."),
        Example("summit doctor --json", "Everything that was checked, for other programs."),
    ),
    "help": (
        Example("summit help agenda add", "The same as summit agenda add --help."),
        Example("summit help --lang zh", "In Chinese."),
    ),
}  # fmt: skip
"""By the words that call the command; those of the empty words are of the whole program."""
