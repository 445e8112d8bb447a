"""A faster import of the standard library's SQLite, under the name ``sqlite3``.

``import sqlite3`` also imports :mod:`datetime`, to convert dates, which catalogs (the databases of schedules)
don't need. This module imports ``_sqlite3``, which defines all names of ``sqlite3``.
"""

from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3 as sqlite3
else:
    try:
        import _sqlite3 as sqlite3
    except ImportError:  # Other Python implementations have no _sqlite3.
        import sqlite3  # noqa: F401
