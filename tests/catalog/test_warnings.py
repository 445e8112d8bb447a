"""The findings about a schedule in its catalog."""

import json
from contextlib import closing

from summitcli.catalog.store import temporary_catalog
from summitcli.catalog.warnings import findings_of
from summitcli.formats import parse
from summitcli.formats.findings import Findings, Kind
from summitcli.formats.parsed import Parsed
from summitcli.i18n import set_language
from summitcli.model import Schedule
from tests.schedules import document, session

TABLE = b"""Title,Date,Time
Opening,03/04/2022,10:00-11:00
Talk,03/04/2022,late
Closing,03/04/2022,later
"""


def test_the_warnings_of_a_catalog_are_those_of_its_source_in_any_language() -> None:
    with closing(temporary_catalog(parsed := parse(TABLE, "plan.csv"))) as catalog:
        found = findings_of(catalog)
        assert len(found) == len(parsed.findings) > 3
        assert found.sentences() == parsed.findings.sentences() != []
        assert "3 dates could mean two days; the first, 03/04/2022, was read as 2022-04-03" in str(
            found.sentences()
        )
        set_language("zh")
        assert found.sentences() == parsed.findings.sentences()


def test_a_value_that_can_not_be_stored_is_replaced() -> None:
    schedule = Schedule.model_validate_json(json.dumps(document(session("talk", {"day": "2024-05-01"}))))
    findings = Findings()
    findings.add(Kind("{value}, {also}", "{value}"), value="a\ud800\0", also="\udcff")
    with closing(temporary_catalog(Parsed.of(schedule, findings))) as catalog:
        assert findings_of(catalog).sentences() == ["a?\0, ?"]
