"""Reading a schedule into a catalog in a second process, while this one reads another schedule."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing

from summitcli.catalog.build import build
from summitcli.catalog.files import scratch_file
from summitcli.catalog.queries import Catalog
from summitcli.catalog.seal import PREFIX, SUFFIX, connect
from summitcli.catalog.store import CACHE_KIB
from summitcli.catalog.writing import MAX_PAGE_SIZE
from summitcli.formats import parse
from summitcli.formats.findings import Findings
from summitcli.i18n import _, current_language, set_language
from summitcli.lazy_typing import Any
from summitcli.progress import Work
from summitcli.sources.source import Source
from summitcli.storage import folders
from summitcli.storage.second_process import SecondProcess, SecondProcessError, processors, serve

MIN_SIZE = 2_000_000
"""The size in bytes of a file from which on a second process saves more time than it takes to start."""


def is_worthwhile(source: Source) -> bool:
    """Return whether a schedule is large enough for a second process, and there is a processor for it."""
    try:
        return (
            source.content is None
            and source.path is not None
            and os.path.getsize(source.path) >= MIN_SIZE
            and processors() > 1
        )
    except OSError:
        return False


class ReadingProcess:
    """A second process that reads a schedule into a catalog without the tables for searching.

    Args:
        source: the source of the schedule; a file.

    Raises:
        SecondProcessError: the process can't be started, or there is no place for its file.
    """

    def __init__(self, source: Source) -> None:
        with ExitStack() as stack:
            try:
                self._path = stack.enter_context(scratch_file(_new_path()))
            except (OSError, RecursionError) as error:
                raise SecondProcessError from error
            self._process = stack.enter_context(closing(SecondProcess(__name__)))
            self._process.send((source, current_language(), os.fsencode(self._path)))
            self._stack = stack.pop_all()

    def result(self) -> tuple[Catalog, Findings, frozenset[str]]:
        """Return the catalog, the findings, and the GUIDs of the sessions that are marked as cancelled.

        The file of the catalog is removed when the catalog is closed.

        Raises:
            SecondProcessError: the process could not read the schedule or write its catalog.
        """
        with Work(_("reading")):
            findings, cancelled = self._process.finish()
        try:
            connection = connect(self._path, "mode=ro&immutable=1")
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        except sqlite3.Error as error:
            raise SecondProcessError from error
        return Catalog(connection, release=self._stack.pop_all().close), findings, cancelled

    def close(self) -> None:
        """End the process if it is still running, and remove its file unless the catalog was returned."""
        self._stack.close()


def _new_path() -> str:
    return os.path.join(os.path.abspath(folders.cache()), f"{PREFIX}read{SUFFIX}")


def _read(messages: Iterator[Any]) -> tuple[Findings, frozenset[str]]:
    """Read a schedule into a catalog; the second process does this."""
    source, language, path = next(messages)
    set_language(language)
    parsed = parse(source.read(), source.name, source.hints)
    with closing(connect(os.fsdecode(path), "mode=rw&nolock=1")) as connection:
        build(parsed, connection, "", MAX_PAGE_SIZE, searchable=False)
    return parsed.findings, parsed.cancelled


if __name__ == "__main__":
    serve(_read)
