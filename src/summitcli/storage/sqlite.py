"""The standard library's SQLite without its date conversions, for a faster import.

``import sqlite3`` loads :mod:`datetime` to register conversions, which catalogs don't need. This imports
``_sqlite3``, the module that all its names come from.
"""

from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3 as sqlite3
else:
    try:
        import _sqlite3 as sqlite3
    except ImportError:  # Other Python implementations have no _sqlite3.
        import sqlite3  # noqa: F401
