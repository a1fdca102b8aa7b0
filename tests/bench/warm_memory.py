"""Free memory that stays warm, whatever the machine's host does with what is free."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAGE = mmap.PAGESIZE
_GROUP = 8 * _PAGE


def half_of_what_is_free(most: int) -> int:
    """Half of the memory that the system could give now, in bytes, but at most so much."""
    found = re.search(r"^MemAvailable:\s+(\d+) kB$", Path("/proc/meminfo").read_text(encoding="ascii"), re.MULTILINE)
    return min(int(found[1]) * 1024 // 2, most) if found else 0


@contextmanager
def warm_memory(size: int) -> Iterator[None]:
    """For as long as it lasts, `size` bytes are free in small pieces; a seventh of that is taken.

    A virtual machine may hand free memory back to its host, and gets it again page by page, at ten microseconds each:
    who writes 4 GiB then measures the host. What is handed back are blocks of 2 MiB and more (free page reporting). So
    one page in eight of a large area is kept, and those between them are given to the system: it takes small pieces
    first, and cannot put them together. Files that are to be read are made before: sendfile(2) is slower where their
    pages are scattered.
    """
    with mmap.mmap(-1, max(size // 7 * 8 // _GROUP, 1) * _GROUP, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as area:
        area.madvise(mmap.MADV_NOHUGEPAGE)
        area.madvise(mmap.MADV_DONTFORK)
        for page in range(0, len(area), _PAGE):
            area[page] = 1
        for group in range(0, len(area), _GROUP):
            area.madvise(mmap.MADV_DONTNEED, group + _PAGE, _GROUP - _PAGE)
        yield
