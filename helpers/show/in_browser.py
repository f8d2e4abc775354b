"""What a kernel inside a browser's page (JupyterLite's, on Pyodide) does otherwise, set right.

That kernel hands Python's values to the page one by one, and `None` arrives as JavaScript's `undefined`,
which no message keeps: a chart that says ``"axis": null`` was drawn with an axis. JSON keeps it.
"""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
from IPython import get_ipython


def as_javascript(value: Any) -> Any:
    """A JavaScript value that is the same as JSON; the value itself where JSON cannot hold it.

    Parameters
    ----------
    value : dict, list, text, number or None
        Of a message.
    """
    import js  # Pyodide's; there is none elsewhere

    try:
        return js.JSON.parse(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError):
        return value


def set_right() -> None:
    """All of it, from here on in this process."""
    pd.set_option("mode.copy_on_write", True)  # as pandas 3 has it always; Pyodide has an older one
    keep_nulls()


def keep_nulls() -> None:
    """Let outputs and widgets' messages of this kernel keep their nulls, from here on."""
    shell = get_ipython()
    if not hasattr(shell, "send_comm") or hasattr(shell, "course_keeps_nulls"):
        return
    shell.course_keeps_nulls = True
    send, publish, finish = shell.send_comm, shell.display_pub.publish, shell.displayhook.finish_displayhook

    def sends(kind: str, content: Any, metadata: Any, ident: Any, buffers: Any) -> Any:
        return send(kind, as_javascript(content), as_javascript(metadata), ident, buffers)

    def publishes(data: Any, metadata: Any = None, **words: Any) -> None:
        publish(as_javascript(data), as_javascript(metadata or {}), **words)

    def finishes() -> None:
        shell.displayhook.data = as_javascript(shell.displayhook.data)
        finish()

    shell.send_comm, shell.display_pub.publish, shell.displayhook.finish_displayhook = sends, publishes, finishes
