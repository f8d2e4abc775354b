"""The tables in Croissant's form: what the form requires is there, and says the same as the tables."""

from __future__ import annotations

import csv
import hashlib
import json

from helpers.core import croissant, data, describe

FOUND = croissant.croissant(describe.description())


def test_the_file_is_the_one_that_the_command_writes():
    """When this fails: make describe"""
    assert (data.FOLDER / croissant.FILE).read_text(encoding="utf-8") == describe.written(FOUND)


def test_the_data_set_has_the_required_properties():
    """Croissant 1.0: of the data set, of each file object, record set and field."""
    for name in ("@context", "name", "description", "license", "url", "creator", "datePublished"):
        assert FOUND[name]
    assert FOUND["@type"] == "sc:Dataset" and FOUND["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    for file in FOUND["distribution"]:
        assert file["@type"] == "cr:FileObject" and all(
            file[name] for name in ("@id", "name", "contentUrl", "encodingFormat", "sha256")
        )
    ids = [part["@id"] for part in FOUND["distribution"] + FOUND["recordSet"]]
    ids += [field["@id"] for records in FOUND["recordSet"] for field in records["field"]]
    assert len(ids) == len(set(ids))
    types = {"sc:Text", "sc:Float", "sc:Integer", "sc:Date"}
    for records in FOUND["recordSet"]:
        assert records["@type"] == "cr:RecordSet" and records["name"] and records["field"]
        assert all(f["@type"] == "cr:Field" and f["dataType"] in types and f["description"] for f in records["field"])


def test_every_file_is_there_with_its_digest_and_every_field_is_a_column():
    columns = {}
    for file in FOUND["distribution"]:
        content = (data.FOLDER / file["contentUrl"]).read_bytes().replace(b"\r\n", b"\n")
        assert file["sha256"] == hashlib.sha256(content).hexdigest(), file["contentUrl"]
        columns[file["@id"]] = next(csv.reader([content.decode("utf-8-sig").split("\n")[0]]))
    for records in FOUND["recordSet"]:
        of = {f["source"]["fileObject"]["@id"] for f in records["field"]}
        named = [f["source"]["extract"]["column"] for f in records["field"]]
        assert len(of) == 1 and columns[of.pop()] == named == [f["name"] for f in records["field"]]
        if "key" in records:
            assert records["key"]["@id"] in {f["@id"] for f in records["field"]}
    assert len(FOUND["recordSet"]) == len(columns) == len(list(data.FOLDER.rglob("*.csv")))


def test_it_is_json_that_any_reader_takes():
    assert json.loads(json.dumps(FOUND, allow_nan=False)) == FOUND
