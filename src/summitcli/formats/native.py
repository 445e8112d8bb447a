"""Our own format: the JSON of :class:`summitcli.model.Schedule`, as in ``docs/schedule-format.md``."""

import re

from pydantic import ValidationError

from summitcli.errors import InvalidSchedule
from summitcli.i18n import _
from summitcli.model import Schedule

_MARK = re.compile(rb'"format"\s*:\s*"summit-schedule/([0-9]*)')
_VERSION = b"1"
_BOM = b"\xef\xbb\xbf"


def detect(head: bytes) -> bool:
    """Whether the bytes are JSON with the mark of our own format near its beginning."""
    return head.removeprefix(_BOM).lstrip()[:1] == b"{" and _MARK.search(head) is not None


def parse(data: bytes, name: str) -> Schedule:
    """The schedule that ``data`` holds.

    Raises:
        InvalidSchedule: it is not JSON, or not what the model asks for; every fault with its path.
    """
    mark = _MARK.search(data)
    if mark and mark[1] != _VERSION:
        fault = _("it is written for another version of this program, which may read it")
        raise InvalidSchedule(name, [("format", fault)])
    try:
        return Schedule.model_validate_json(data.removeprefix(_BOM))
    except ValidationError as error:
        faults = [(_path(fault["loc"]), _reason(fault["msg"])) for fault in error.errors(include_url=False)]
        raise InvalidSchedule(name, faults) from None


def _path(location: tuple[int | str, ...]) -> str:
    """A place in the file as people write it: ``sessions[3].slots[0].day``."""
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    return path.removeprefix(".")


def _reason(message: str) -> str:
    return message.replace("Invalid JSON", _("not valid JSON")).replace("Extra inputs are", _("this key is"))
