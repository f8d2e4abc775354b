"""What the course is called, whose it is and how it may be used, for registers that ask: one source, several forms.

``CITATION.cff`` and ``pyproject.toml`` are the sources. ``codemeta.json`` (registers of software) and ``.zenodo.json``
(an archive with a DOI) are written from them by ``python -m helpers.core.describe``.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import yaml

from helpers.core.data import ROOT

CODEMETA, ZENODO = "codemeta.json", ".zenodo.json"
NOBODYS = "https://github.com/OWNER/REPOSITORY"  # until whoever publishes a copy writes repository-code in CITATION.cff
SUMMARY = (
    "An open course in Jupyter notebooks. {} Every number has a source, a date and a word of confidence. "
    "Text, figures and tables: CC BY 4.0. Code: MIT."
)


def sources(root: Path = ROOT) -> tuple[dict[str, Any], dict[str, Any]]:
    """What ``CITATION.cff`` and the ``[project]`` of ``pyproject.toml`` say.

    Parameters
    ----------
    root : Path, optional
        Of the course.

    Returns
    -------
    tuple of two dicts
        Dates as text.
    """
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {**cited, "date-released": str(cited["date-released"])}, project


def authors(cited: dict[str, Any]) -> list[str]:
    """Names of the authors, persons as "Family, Given"."""
    return [a.get("name") or f"{a['family-names']}, {a['given-names']}" for a in cited["authors"]]


def codemeta(root: Path = ROOT) -> dict[str, Any]:
    """The course in the form of CodeMeta 3.0.

    Returns
    -------
    dict
        JSON-LD. ``codeRepository`` only where ``CITATION.cff`` has ``repository-code``.
    """
    cited, project = sources(root)
    found = {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": cited["title"],
        "identifier": cited.get("doi", project["name"]),
        "description": SUMMARY.format(cited["abstract"]),
        "version": str(cited["version"]),
        "datePublished": cited["date-released"],
        "author": [{"@type": "Organization", "name": name} for name in authors(cited)],
        "license": ["https://spdx.org/licenses/MIT", f"https://spdx.org/licenses/{cited['license']}"],
        "keywords": cited["keywords"],
        "programmingLanguage": {"@type": "ComputerLanguage", "name": "Python"},
        "runtimePlatform": f"Python {project['requires-python']}",
        "softwareRequirements": project["dependencies"],
        "applicationCategory": "Education",
        "developmentStatus": "active",
        "isAccessibleForFree": True,
    }
    return {**found, **({"codeRepository": cited["repository-code"]} if "repository-code" in cited else {})}


def zenodo(root: Path = ROOT) -> dict[str, Any]:
    """The course in the form that Zenodo reads from a repository at each release, before it gives a DOI.

    Returns
    -------
    dict
        In the words of Zenodo's deposit metadata.
    """
    cited, _ = sources(root)
    return {
        "title": cited["title"],
        "upload_type": "lesson",
        "description": SUMMARY.format(cited["abstract"]),
        "creators": [{"name": name} for name in authors(cited)],
        "access_right": "open",
        "license": cited["license"].lower(),
        "keywords": cited["keywords"],
        "language": "eng",
        "version": str(cited["version"]),
        "publication_date": cited["date-released"],
        "notes": "Text, figures and tables: CC BY 4.0. Code: MIT. See LICENSE.",
    }


def files(root: Path = ROOT) -> dict[str, str]:
    """The text of each file that is written from the sources, by its name in the course's folder."""
    made = {CODEMETA: codemeta(root), ZENODO: zenodo(root)}
    return {name: json.dumps(of, ensure_ascii=False, indent=2) + "\n" for name, of in made.items()}
