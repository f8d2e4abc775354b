"""``python -m helpers.course.lite [FOLDER] [--pyodide ADDRESS_OR_FOLDER]``: write the browser edition (to ``lite``)."""

import argparse
import sys
from pathlib import Path

from helpers.course.lite import building, distribution

if __name__ == "__main__":
    words = argparse.ArgumentParser(prog="make lite")
    words.add_argument("folder", nargs="?", default="lite", type=Path)
    words.add_argument("--pyodide", default=distribution.ADDRESS, help="address of pyodide.js, or a local folder")
    given = words.parse_args()
    try:
        made = building.build(given.folder, given.pyodide)
    except ValueError as error:
        sys.exit(str(error))
    size = sum(path.stat().st_size for path in given.folder.rglob("*") if path.is_file())
    print(
        f"{given.folder / 'index.html'}: {len(made['notebooks'])} notebooks, {size / 1e6:.0f} MB; Pyodide from {made['from']}."
    )
