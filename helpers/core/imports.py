"""Keep slow packages that no page needs out of every kernel, whoever imports Altair first.

Altair imports jsonschema, and jsonschema, where it finds them, loads a grammar of web addresses
(``rfc3987_syntax``, about a second) and a parser of durations (``isoduration``, which brings a
calendar in all languages), to check two formats that no chart has. Without a package it does
without. So, while jsonschema's format module runs, and only then, these packages cannot be
imported; afterwards anybody can.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

ASKS, SLOW = "jsonschema._format", ("rfc3987_syntax", "isoduration")


class _WithoutSlow(MetaPathFinder):
    """Finds one module, jsonschema's formats, as the usual finders do, and hides the slow packages while it runs."""

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != ASKS:
            return None
        sys.meta_path.remove(self)  # once is enough, and find_spec below must not come back here
        spec = find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        run = spec.loader.exec_module

        def run_without(module: ModuleType) -> None:
            hidden = [name for name in SLOW if name not in sys.modules]  # for the others somebody has paid already
            sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
            try:
                run(module)
            finally:
                for name in hidden:
                    del sys.modules[name]

        spec.loader.exec_module = run_without  # type: ignore[method-assign]
        return spec


def hide_slow() -> None:
    """Arrange it, once; nothing to do where jsonschema is loaded already."""
    if ASKS not in sys.modules and not any(isinstance(finder, _WithoutSlow) for finder in sys.meta_path):
        sys.meta_path.insert(0, _WithoutSlow())
