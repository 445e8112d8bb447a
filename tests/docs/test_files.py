"""The page about files: the program reads its examples, and it explains every key."""

from summitcli.agenda.document import Reading, read
from summitcli.agenda.picks import Pick
from summitcli.agenda.writing import dumps
from tests.docs.markdown import blocks, rows, section

PAGE = "docs/files.md"


def test_the_example_of_an_agenda_is_what_is_read_and_written() -> None:
    (example,) = (block.text for block in blocks(PAGE, "json") if '"summit-agenda/2"' in block.text)
    reading = read(example.encode(), PAGE, "demo", "default")
    agenda = reading.agenda
    assert reading == Reading(agenda)
    assert dumps(agenda).decode() == example
    assert agenda.picks[1].unknown == (("my-note", "with the children"),)
    assert (len(agenda.entries), len(agenda.busy), len(agenda.history), len(agenda.former)) == (1, 1, 1, 1)


def test_every_key_of_a_pick_is_explained() -> None:
    keys = [key.strip(" `") for row in rows(section(PAGE, "Agendas")) for key in row[0].split(",")]
    assert sorted(keys) == sorted(set(Pick._fields) - {"unknown"})
