"""Keep a slow package that no page needs out of every kernel, whoever imports Altair first.

Altair imports jsonschema, and jsonschema, where it finds the package ``rfc3987_syntax``, loads a
grammar of web addresses that takes about a second, to check a format that no chart has. Without
the package it does without. So, while jsonschema's format module runs, and only then, that package
cannot be imported; afterwards anybody can.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

ASKS, GRAMMAR = "jsonschema._format", "rfc3987_syntax"


class _WithoutGrammar(MetaPathFinder):
    """Finds one module, jsonschema's formats, as the usual finders do, and hides the grammar while it runs."""

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != ASKS:
            return None
        sys.meta_path.remove(self)  # once is enough, and find_spec below must not come back here
        spec = find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        run = spec.loader.exec_module

        def run_without(module: ModuleType) -> None:
            if GRAMMAR in sys.modules:  # somebody has paid for it already
                return run(module)
            sys.modules[GRAMMAR] = None  # type: ignore[assignment]
            try:
                run(module)
            finally:
                del sys.modules[GRAMMAR]

        spec.loader.exec_module = run_without  # type: ignore[method-assign]
        return spec


def hide_grammar() -> None:
    """Arrange it, once; nothing to do where jsonschema is loaded already."""
    if ASKS not in sys.modules and not any(isinstance(finder, _WithoutGrammar) for finder in sys.meta_path):
        sys.meta_path.insert(0, _WithoutGrammar())
