"""The chart of a panel, and the script that draws it without network.

Altair's ``JupyterChart`` fetches its script from a network. Here it is bundled once by vl-convert,
with our few lines of `csv.js` and `panel.js`, and kept in a cache with its hash (``python -m helpers.show.script``
warms it), so that a kernel neither waits nor loads vl-convert.
"""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs

from helpers.core import stored
from helpers.show import charts  # first of all: it makes Altair's import quick
from helpers.show.charts import alt

HERE = Path(__file__).resolve().parent
# Beside this file in an edition for machines without vl-convert; a checkout has none.
SHIPPED = HERE / "panel.bundle.js"


def cache_file() -> Path:
    """Where the bundle of these versions is kept."""
    made_of = f"{alt.__version__} {version('vl-convert-python')} {_ours()}"
    name = hashlib.sha256(made_of.encode()).hexdigest()[:12]
    return Path(platformdirs.user_cache_dir("chips-and-sanctions")) / f"panel-{name}.js"


def _ours() -> str:
    return "\n".join((HERE / part).read_text(encoding="utf-8") for part in ("csv.js", "panel.js"))


def _bundle() -> str:
    import vl_convert
    from altair.jupyter.jupyter_chart import load_js_src
    from altair.utils._importers import vl_version_for_vl_convert

    # vl-convert provides the two imports at the head of Altair's script by their names.
    theirs = load_js_src().replace("export default { render }", "")
    body = "\n".join(line for line in theirs.splitlines() if not line.startswith("import "))
    return vl_convert.javascript_bundle(
        f"{body}\n{_ours()}\nexport default {{ render: renderInPanel }}", vl_version=vl_version_for_vl_convert()
    )


def _read(cache: Path) -> str | None:
    """A kept bundle, when it is there and whole."""
    try:
        digest, _, script = cache.read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return script if digest == f"// {hashlib.sha256(script.encode()).hexdigest()}" else None


def _kept(script: str) -> bytes:
    """A bundle as a file holds it: its digest, then itself."""
    return f"// {hashlib.sha256(script.encode()).hexdigest()}\n{script}".encode()


def whole() -> bytes:
    """The file `SHIPPED` of an edition for machines without vl-convert."""
    prepare()
    return _kept(str(PanelChart._esm))


def prepare() -> Path | None:
    """Give panels a script that needs no network; make the bundle where the cache holds none, or a damaged one.

    Returns
    -------
    Path or None
        The kept bundle; None when the cache cannot be written and the bundle stays in memory.
    """
    if (script := _read(SHIPPED)) is not None:
        PanelChart._esm, PanelChart._is_offline = script, True
        return SHIPPED
    cache = cache_file()
    where: Path | None = cache
    if (script := _read(cache)) is None:
        script = _bundle()
        try:
            cache.parent.mkdir(parents=True, exist_ok=True)
            partial = cache.with_name(f"{cache.name}.{os.getpid()}")
            partial.write_bytes(_kept(script))
            os.replace(partial, cache)
        except OSError:
            where = None
    PanelChart._esm = script
    PanelChart._is_offline = True
    return where


class PanelChart(alt.JupyterChart):
    """Altair's live chart, whose specification is made once and serves the stored twin too."""

    _css = (HERE / "panel.css").read_text(encoding="utf-8")

    def static(self, panel: dict[str, Any]) -> dict[str, Any]:
        """The specification at one value of the parameter ``panel``, as JupyterLab's own viewer draws it.

        Parameters
        ----------
        panel : dict
            Rows and signals.
        """
        spec = {**self.spec, "$schema": charts.VEGA_LITE_5}
        return stored.at_step(spec, charts.rounded(panel))


if __name__ == "__main__":
    where = prepare()
    print(f"Charts draw offline{'' if where else ' (cache folder not writable: each start takes a second longer)'}.")
