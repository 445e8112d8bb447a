"""The rows of a list of any length. Only the rows on the screen are read."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import islice

from summitcli.rows import Listing

PAGE = 64
"""The number of rows that are read at once: a page."""
MAX_PAGES = 32
"""The maximum number of pages (of :data:`PAGE` rows) in memory."""


class Rows:
    """A list of listings (each a session at one of its times), given by their positions in the list of all.

    Args:
        positions: the positions in the list of all listings of the schedule, in ascending order.
        load: a function that returns the listings at the given positions, in the same order.
    """

    def __init__(self, positions: Sequence[int], load: Callable[[Sequence[int]], Sequence[Listing]]) -> None:
        self.positions = positions
        self._load = load
        self._pages: OrderedDict[int, Sequence[Listing]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.positions)

    def __getitem__(self, index: int) -> Listing:
        """Return the listing in row ``index``, counted from 0.

        Raises:
            CatalogDamaged: the schedule's database can't be read.
        """
        number, place = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None:
            first = number * PAGE
            page = self._pages[number] = self._load(list(islice(self.positions, first, first + PAGE)))
            if len(self._pages) > MAX_PAGES:
                self._pages.popitem(last=False)
        return page[place]

    def index_from(self, position: int) -> int:
        """Return the number of the first row whose position is ``position`` or later.

        If there is none, return the number of the last row.
        """
        from bisect import bisect_left

        return min(bisect_left(self.positions, position), max(len(self) - 1, 0))
