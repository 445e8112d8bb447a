"""The name ``sqlite3`` for the standard library's SQLite, imported faster.

``import sqlite3`` loads :mod:`datetime` to register conversions of dates, which catalogs don't need. This
module imports ``_sqlite3`` instead, in which all names of ``sqlite3`` are defined.
"""

from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3 as sqlite3
else:
    try:
        import _sqlite3 as sqlite3
    except ImportError:  # Other Python implementations have no _sqlite3.
        import sqlite3  # noqa: F401
