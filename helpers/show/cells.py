"""Which cell of a notebook is running: what it shows takes the place of what its last run showed."""

from __future__ import annotations

from IPython import get_ipython


def running() -> str:
    """The id of the notebook cell that runs now.

    Returns
    -------
    str
        Empty where there is no cell, or the page gives no ids.
    """
    shell = get_ipython()
    parent = getattr(shell, "get_parent", dict)() if shell else {}
    return (parent.get("metadata") or {}).get("cellId", "")
