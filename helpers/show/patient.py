"""A panel whose full answer takes a while: a quick one while a handle moves, the full one when it rests, a bar between.

`Panel` answers each move at once. Where the answer is drawn by chance, more draws are steadier and slower: so a moving
handle gets few draws, and the full number follows once it has stood still. Long work tells how far it has come.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as widgets

from helpers.show.charts import alt
from helpers.show.panel import Control, Panel, State

REST_S = 0.25  # a handle that has not moved for so long has been let go

Tell = Callable[[int, int, str], None]  # done, of how many, what has come in so far


class PatientPanel(Panel):
    """A `Panel` with a quick and a full answer, and a bar for long work.

    Parameters
    ----------
    compute : callable
        As in `Panel`, and takes two keywords more: ``quick``, True while a handle moves, and ``tell``, to be called with
        how much is done, of how much, and a sentence on what has come in so far.
    title, controls, chart, **others
        As in `Panel`.
    """

    def __init__(
        self,
        title: str,
        controls: Sequence[Control],
        compute: Callable[..., State],
        chart: alt.TopLevelMixin,
        **others: Any,
    ) -> None:
        self._work, self._moving, self._heard = compute, False, False
        self._rest: asyncio.TimerHandle | None = None
        self._bar = widgets.IntProgress(min=0, max=100, layout={"display": "none", "width": "276px"})
        super().__init__(title, controls, self._ask, chart, **others)
        at = self.children.index(self.sentence)
        self.children = (*self.children[:at], self._bar, *self.children[at:])

    def _ask(self, **settings: Any) -> State:
        try:
            return self._work(**settings, quick=self._moving, tell=self._tell)
        finally:
            self._bar.layout.display = "none"

    def _tell(self, done: int, whole: int, so_far: str) -> None:
        if self._heard:  # answers that are stored, or made at the start, are nobody's to wait for
            self._bar.value, self._bar.layout.display = round(100 * done / whole), ""
            self._say(so_far)

    def _moved(self, control: Control, place: int, value: Any) -> None:
        loop = _loop()
        self._moving = loop is not None
        try:
            super()._moved(control, place, value)
        finally:
            self._moving = False
        if loop is not None and not self._quiet:
            if self._rest is not None:
                self._rest.cancel()
            self._rest = loop.call_later(REST_S, self.settle)

    def set(self, **values: Any) -> State:
        """As in `Panel`; long work tells how far it has come."""
        self._heard = True
        try:
            return super().set(**values)
        finally:
            self._heard = False

    def settle(self) -> State:
        """The full answer at the present setting."""
        self._rest = None
        return self.set()


def _loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:  # no kernel: whoever moved the handle waits for the full answer
        return None
