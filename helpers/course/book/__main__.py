"""``python -m helpers.course.book [FOLDER] [NOTEBOOK ...]``: write the open book (to ``site``, if no folder is named)."""

import sys
from pathlib import Path

from helpers.course.book.building import build

if __name__ == "__main__":
    where, *names = sys.argv[1:] or ["site"]
    try:
        counts = build(Path(where), names or None)
    except ValueError as error:
        sys.exit(str(error))
    size = sum(p.stat().st_size for p in Path(where).rglob("*") if p.is_file())
    print(
        f"{Path(where) / 'index.html'}: {len(counts)} panels with {sum(counts.values()):,} answers, {size / 1e6:.1f} MB."
    )
