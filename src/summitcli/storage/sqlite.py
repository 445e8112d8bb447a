"""The library's SQLite, without what it adds for dates, which a catalog keeps as text.

``import sqlite3`` loads :mod:`datetime` to register conversions of its types. What stands for it here is the
module that it takes all its names from.
"""

from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3 as sqlite3
else:
    try:
        import _sqlite3 as sqlite3
    except ImportError:  # A Python that has SQLite from elsewhere.
        import sqlite3  # noqa: F401
