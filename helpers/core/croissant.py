"""The description of the tables once more, in the form that data sets for machine learning have: Croissant 1.0.

JSON-LD made from the Data Package (`helpers.core.describe`), which stays the one that the course itself reads.
"""

from __future__ import annotations

from typing import Any

from helpers.core import about

FILE = "croissant.json"
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{
        word: f"cr:{word}"
        for word in (
            "citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet", "format", "includes",
            "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
            "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
        )
    },
}  # fmt: skip
# A yes or no is text here: the form has no words for what stands in the file.
TYPES = {"string": "sc:Text", "number": "sc:Float", "integer": "sc:Integer", "date": "sc:Date", "boolean": "sc:Text"}


def croissant(package: dict[str, Any]) -> dict[str, Any]:
    """The tables in the form of Croissant.

    Parameters
    ----------
    package : dict
        From `helpers.core.describe.description`.

    Returns
    -------
    dict
        A file object and a record set for each table; a field for each column, with its meaning. What refers to what
        stands in the Data Package only: readers of this form would join the tables, and lose rows without a key.
    """
    cited, _ = about.sources()
    names = ", ".join(about.authors(cited))
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": package["name"],
        "description": package["description"],
        "license": package["licenses"][0]["path"],
        "url": cited.get("repository-code", about.NOBODYS),
        "version": package["version"],
        "datePublished": cited["date-released"],
        "creator": [{"@type": "sc:Organization", "name": name} for name in about.authors(cited)],
        "keywords": package["keywords"],
        "citeAs": f"{names}: {cited['title']}, version {cited['version']}, {cited['date-released']}",
        "distribution": [_file(resource) for resource in package["resources"]],
        "recordSet": [_records(resource) for resource in package["resources"]],
    }


def _file(resource: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{resource['name']}.csv",
        "name": f"{resource['name']}.csv",
        "description": resource["description"],
        "contentUrl": resource["path"],
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": resource["mediatype"],
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _records(resource: dict[str, Any]) -> dict[str, Any]:
    name, schema = resource["name"], resource["schema"]
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{name}/{field['name']}",
            "name": field["name"],
            "description": field["description"],
            "dataType": TYPES[field["type"]],
            "source": {"fileObject": {"@id": f"{name}.csv"}, "extract": {"column": field["name"]}},
        }
        for field in schema["fields"]
    ]
    found = {"@type": "cr:RecordSet", "@id": name, "name": name, "description": resource["description"]}
    if "primaryKey" in schema:
        found["key"] = {"@id": f"{name}/{schema['primaryKey']}"}
    return {**found, "field": fields}
