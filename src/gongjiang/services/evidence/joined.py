"""Parts of a file read as the whole file: nothing is copied together, so nothing lies in clear on the disk."""

import io
from bisect import bisect_right
from itertools import accumulate
from typing import BinaryIO, cast

from gongjiang.services.evidence import storage


class Joined(io.RawIOBase):
    """Parts in the staging folder, one after another, seekable; one of them is open at a time."""

    def __init__(self, names: list[str], sizes: list[int]) -> None:
        super().__init__()
        self._names = names
        self._starts = [0, *accumulate(sizes)]
        self._place = 0
        self._open: tuple[int, BinaryIO] | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """From the beginning of the whole."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Anywhere from the beginning on; behind the end there is nothing to read."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._starts[-1]}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._place = base + offset
        return self._place

    def readinto(self, buffer: object) -> int:
        """At most to the end of a part; 0 at the end of the whole."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if self._place >= self._starts[-1]:
            return 0
        number = bisect_right(self._starts, self._place) - 1
        part = self._part(number)
        part.seek(self._place - self._starts[number])
        piece = part.read(min(len(view), self._starts[number + 1] - self._place))
        view[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)

    def close(self) -> None:
        """The part that is open, too."""
        if self._open is not None:
            self._open[1].close()
            self._open = None
        super().close()

    def _part(self, number: int) -> BinaryIO:
        if self._open is None or self._open[0] != number:
            if self._open is not None:
                self._open[1].close()
            self._open = number, storage.opened(self._names[number], storage.STAGING)
        return self._open[1]


def joined(names: list[str], sizes: list[int]) -> BinaryIO:
    """The whole file, buffered; close it."""
    return cast(BinaryIO, io.BufferedReader(Joined(names, sizes), 1 << 20))
