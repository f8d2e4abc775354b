"""The mutation campaign: every table damaged thousands of times; nothing is taken silently, and refusals name the place.

Each file is damaged in memory by a seeded hand. A damaged file is either the same table (a blank last
line, Windows line ends) or refused with file, row and rule. Damage that no rule of a column can see (a
digit changed) is seen by the description of the tables; that a rule sees its own kind is tried without it.
"""

from __future__ import annotations

import csv
import io
import random
import re
import zlib

import pandas as pd
import pytest

from helpers.core import data, reading, tables
from helpers.core.tables.order import pairs

A_TABLE = 90  # damaged files of each table
CONTENT = {name: (data.FOLDER / f"{name}.csv").read_bytes() for name in tables.TABLES}
TEXT = {name: content.decode("utf-8") for name, content in CONTENT.items()}
REFUSAL = r"^{file}, row (\d+)( \(header\))?[,:] .{{12,}}"
ODD = "\"',;\n\r\t\0 0159eE.-+_%/\\<>{}[]$é日٣５²½\u00a0\u200b\u202e\u2066\ufeff\u2028\ud7ff"
CELLS = [
    "", " ", "x", "-7", "0", "1e9", "1e999", "1e-400", "nan", "inf", "None", "NULL", "N/A", "TRUE", "yes ", " 5", "5 ", "1_000",
    "1,000", "٣", "５", "0x10", "2022-W40-5", "2022-13-01", "20221007", "2022-10-7", "07/10/2022", "9999", "https://", "javascript:alert(1)",
    "https://a.org/(b)", "https://me:x@a.org/", 'https://a.org/"x', "https://a.org/<b>", "data:text/html,x", "<img src=x onerror=f()>\n",
    "a\u202eb", "a\u200bb", "a\x07b", "a\u00a0b", "a  b", "=1+1", "x" * 3000, "\ufeff",
]  # fmt: skip


def rows_of(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(TEXT[name])))


def bytes_of(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


# --- ways to damage a file ------------------------------------------------------------------------


def a_cell(hand, name):
    rows = rows_of(name)
    row = hand.randrange(1, len(rows))
    rows[row][hand.randrange(len(rows[row]))] = hand.choice(CELLS)
    return bytes_of(rows)


def a_cell_of_another_row(hand, name):
    rows = rows_of(name)
    column = hand.randrange(len(rows[0]))
    rows[hand.randrange(1, len(rows))][column] = rows[hand.randrange(1, len(rows))][column]
    return bytes_of(rows)


def two_columns_swapped_in_a_row(hand, name):
    rows = rows_of(name)
    row = hand.choice(rows[1:])
    a, b = hand.randrange(len(row)), hand.randrange(len(row))
    row[a], row[b] = row[b], row[a]
    return bytes_of(rows)


def a_digit(hand, name):
    places = [m.start() for m in re.finditer(r"\d", TEXT[name])]
    at = hand.choice(places)
    return (TEXT[name][:at] + hand.choice("0123456789") + TEXT[name][at + 1 :]).encode()


def a_character(hand, name):
    at = hand.randrange(len(TEXT[name]))
    return (TEXT[name][:at] + hand.choice(ODD) + TEXT[name][at + hand.randrange(2) :]).encode()


def a_byte(hand, name):
    content = bytearray(CONTENT[name])
    content[hand.randrange(len(content))] = hand.randrange(256)
    return bytes(content)


def a_row_lost(hand, name):
    rows = rows_of(name)
    del rows[hand.randrange(len(rows))]
    return bytes_of(rows)


def a_row_twice(hand, name):
    rows = rows_of(name)
    rows.insert(hand.randrange(1, len(rows) + 1), hand.choice(rows))
    return bytes_of(rows)


def two_rows_swapped(hand, name):
    rows = rows_of(name)
    a, b = hand.randrange(len(rows)), hand.randrange(len(rows))
    rows[a], rows[b] = rows[b], rows[a]
    return bytes_of(rows)


def a_column_lost_or_twice(hand, name):
    rows = rows_of(name)
    column, twice = hand.randrange(len(rows[0])), hand.random() < 0.5
    return bytes_of([[*row[:column], *([row[column]] * 2 if twice else []), *row[column + 1 :]] for row in rows])


def two_columns_swapped(hand, name):
    rows = rows_of(name)
    order = list(range(len(rows[0])))
    hand.shuffle(order)
    return bytes_of([[row[at] for at in order] for row in rows])


def the_end_cut(hand, name):
    return CONTENT[name][: hand.randrange(len(CONTENT[name]))]


def some_rows_cut(hand, name):
    rows = rows_of(name)
    return bytes_of(rows[: hand.randrange(len(rows))])


def a_line_put_in(hand, name):
    lines = TEXT[name].split("\n")
    lines.insert(hand.randrange(len(lines)), hand.choice(["", "<<<<<<< HEAD", "=======", "# note", ",", '"', " "]))
    return "\n".join(lines).encode()


def saved_by_another_program(hand, name):
    """As spreadsheets and editors write it: another encoding, other line ends, other separators, quotes everywhere."""
    text = TEXT[name]
    return hand.choice(
        [
            text.encode("utf-16"),
            text.encode("cp1252", "replace"),
            b"\xef\xbb\xbf" + text.encode(),
            text.replace("\n", "\r\n").encode(),
            text.replace("\n", "\r").encode(),
            text.replace(",", ";").encode(),
            text.replace(",", "\t").encode(),
            text.rstrip("\n").encode(),
            (text + "\n\r\n \n").encode(),
            (text + text).encode(),
            pd.read_csv(io.StringIO(text), dtype="str", keep_default_na=False).to_csv(index=False, quoting=1).encode(),
            b"",
        ]
    )


WAYS = [
    a_cell, a_cell, a_cell, a_cell, a_cell_of_another_row, two_columns_swapped_in_a_row, a_digit, a_character, a_character, a_byte, a_row_lost,
    a_row_twice, two_rows_swapped, a_column_lost_or_twice, two_columns_swapped, the_end_cut, some_rows_cut, a_line_put_in,
    saved_by_another_program,
]  # fmt: skip


# --- the campaign ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", tables.TABLES)
def test_no_damaged_file_is_taken_silently_and_every_refusal_names_the_place(name):
    hand, sound = random.Random(zlib.crc32(name.encode())), data.load(name)
    silent, unnamed, refused, harmless = [], [], 0, 0
    for number in range(A_TABLE):
        way = WAYS[number % len(WAYS)]
        content = way(hand, name)
        try:
            table = data.table_of(name, content)
        except data.DataFileError as refusal:
            refused += 1
            if not re.match(REFUSAL.format(file=re.escape(f"{name}.csv")), str(refusal)) or len(str(refusal)) > 1500:
                unnamed.append(f"{way.__name__}: {refusal}")
        else:
            harmless += 1
            if not table.equals(sound):
                silent.append(way.__name__)
    assert silent == [] and unnamed == []
    assert refused > A_TABLE * 0.6 and harmless + refused == A_TABLE


@pytest.mark.parametrize("name", tables.TABLES)
def test_what_is_harmless_is_taken(name):
    """A blank last line, Windows line ends, quotes around all, the mark that spreadsheets put before UTF-8."""
    sound = data.load(name)
    for content in (
        CONTENT[name] + b"\n",
        "".join('"' + '","'.join(c.replace('"', '""') for c in row) + '"\n' for row in rows_of(name)).encode(),
        CONTENT[name] + b"\r\n \n\n",
        CONTENT[name].replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + CONTENT[name].replace(b"\n", b"\r\n") + b"\r\n",
    ):
        assert data.table_of(name, content).equals(sound)


# --- each rule by itself, without the description ---------------------------------------------------


def refusal_of(name: str, content: bytes) -> str:
    with pytest.raises(data.DataFileError) as refusal:
        data.table_of(name, content, described=False)
    return str(refusal.value)


ORDERED = [(name, *pair) for name, columns in tables.TABLES.items() for pair in pairs(columns)]


@pytest.mark.parametrize(("name", "first", "second"), ORDERED, ids=lambda part: str(part).replace("/", "-"))
def test_low_is_never_above_high_nor_a_first_day_after_the_last(name, first, second):
    """Wherever such columns stand: two different values of a row change places, or one is set against the other."""
    rows = rows_of(name)
    a, b = rows[0].index(first), rows[0].index(second)
    late, early = ("2028-01-02", "2028-01-01") if tables.TABLES[name][first].kind != "number" else ("9", "8")
    kinds = tables.TABLES[name]
    for row, cells in enumerate(rows[1:], start=1):
        if cells[a] and cells[b] and cells[a] != cells[b]:
            cells[a], cells[b] = cells[b], cells[a]
            break
    else:
        row = len(rows) - 1
        rows[row][a], rows[row][b] = late, early
    if not (kinds[first].allows(rows[row][a]) and kinds[second].allows(rows[row][b])):
        pytest.fail("the damage breaks another rule first")
    said = refusal_of(name, bytes_of(rows))
    assert re.match(
        rf"{name}.csv, row {row + 1}, column '\w+': value '.*' breaks the rule: not (below|before) \w+", said
    )


def test_every_low_central_and_high_is_held():
    """The pairs are read from names; a column that ends in low or high and is in no pair would be missed."""
    missed = [
        f"{name}: {column}"
        for name, columns in tables.TABLES.items()
        for column in columns
        if re.search(r"(^|_)(low|high|central)$", column) and column not in {c for pair in pairs(columns) for c in pair}
    ]
    assert missed == []


@pytest.mark.parametrize(
    "name", [name for name, cols in tables.TABLES.items() if not any(c.unique for c in cols.values())]
)
def test_no_row_stands_twice(name):
    rows = rows_of(name)
    assert "row 2 already" in refusal_of(name, bytes_of([*rows, rows[1]]))


@pytest.mark.parametrize("name", tables.TABLES)
def test_a_last_row_that_may_be_cut_is_refused(name):
    said = refusal_of(name, CONTENT[name][:-1])
    assert f"{name}.csv, row {len(rows_of(name))}: " in said and "may be cut" in said


@pytest.mark.parametrize(
    "odd", ["\x00", "\x07", "\x1b", "\n", "\u200b", "\u200e", "\u202e", "\u2066", "\u2028", "\ufeff", "\ue000"]
)
def test_text_holds_no_control_or_direction_characters(odd):
    for name, column in (("events", "summary"), ("claims", "quote"), ("chips", "chip"), ("sources", "url")):
        rows = rows_of(name)
        at = rows[0].index(column)
        rows[3][at] = f"{rows[3][at][:5]}{odd}{rows[3][at][5:]}"
        assert f"{name}.csv, row 4, column {column!r}" in refusal_of(name, bytes_of(rows))


@pytest.mark.parametrize(
    "address",
    ["https://a.org/(b)", "https://a.org/[b]", "https://a.org/{b}", "https://a.org/<b>", 'https://a.org/"b', "https://a.org/'b",
     "https://a.org/`b", "https://a.org/|b", "https://a.org\\b", "https://me@a.org/", "https://me:secret@a.org/", "https://a.org:x/",
     "https:///a", "https://.a", "HTTPS://a.org", "javascript:alert(1)", "data:text/html,b", "https://a.org/b c"],
)  # fmt: skip
def test_an_address_is_plain(address):
    rows = rows_of("sources")
    rows[5][rows[0].index("url")] = address
    assert "sources.csv, row 6, column 'url'" in refusal_of("sources", bytes_of(rows))


@pytest.mark.parametrize(
    "number", [" 5", "5 ", "1_000", "1,000", "٣", "５", "²", "1e-400", "-1e-400", "1e999", "0x10", "nan", "2022-W40-5"]
)
def test_numbers_are_plain_digits(number):
    rows = rows_of("volumes")
    rows[5][rows[0].index("central")] = number
    assert "volumes.csv, row 6, column 'central'" in refusal_of("volumes", bytes_of(rows))


@pytest.mark.parametrize("count", ["3.5", "1e3", "-1", "+3", "3."])
def test_counts_are_whole(count):
    rows = rows_of("models")
    rows[5][rows[0].index("n_layers")] = count
    assert "models.csv, row 6, column 'n_layers'" in refusal_of("models", bytes_of(rows))


def test_a_row_that_cannot_be_read_is_counted_as_a_spreadsheet_shows_it():
    lines = TEXT["gates"].split("\n")
    assert "gates.csv, row 4: not readable as CSV" in refusal_of(
        "gates", "\n".join([*lines[:3], '"a"b,' + lines[3], *lines[4:]]).encode()
    )
    assert "gates.csv, row 3: not UTF-8" in refusal_of("gates", "\n".join(lines[:2]).encode() + b"\n\xff\n")


def test_the_table_of_a_folder_without_description_is_held_to_its_rules_alone(tables):
    (tables / reading.DESCRIPTION).unlink()
    path = tables / "gates.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("H20,", "H21,", 1), encoding="utf-8")
    assert "H21" in set(data.load("gates", tables)["chip"])
