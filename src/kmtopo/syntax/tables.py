"""CSV -> Document: a row is a tenant, a column one of its keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kmtopo.diagnostics import Diagnostic
from kmtopo.source import Source
from kmtopo.syntax.document import Document, Marks
from kmtopo.syntax.findings import Findings
from kmtopo.syntax.scalars import PlainScalars

NOUN, KEY = "tenants", "id"
# Cells of these columns mean what they would mean in YAML; all others are text, be they ever so like a number.
TYPED = ("central", "limits.connections", "resources.cpu")
LISTED, SEPARATOR = ("branches", "domain"), "|"

_BREAK = re.compile(r"\r\n|\r|\n")


class Cell(NamedTuple):
    """The text of a cell, and where it stands, quotes included."""

    text: str
    start: int
    end: int


def parse_table(source: Source) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Reads a table of tenants: the first row names the columns, ``id`` among them; an empty cell is absent.

    ``limits.rate`` names a nested key, ``|`` parts the items of ``branches`` and ``domain``. As RFC 4180 has it,
    with ``;`` in place of ``,`` where the first row has more of these: what spreadsheets in Spanish write.
    """
    findings = Findings(source)
    document = _Table(findings).document()
    return document, tuple(sorted(findings.diagnostics, key=lambda diagnostic: diagnostic.sort_key))


class _Table:
    """One table as it is read."""

    def __init__(self, findings: Findings) -> None:
        self.findings, self.text = findings, findings.source.text
        self.marks: dict[int, Marks] = {}
        self.plain = PlainScalars()
        self.tenants: dict[str, Any] = {}
        self.places: Marks = []
        self.seen: dict[str, Cell] = {}

    def document(self) -> Document | None:
        first_line = _BREAK.split(self.text, maxsplit=1)[0]
        rows = self._rows(";" if first_line.count(";") > first_line.count(",") else ",")
        header = next(rows, None)
        if header is None:
            self.findings.add("KM117", 0, 0, help="table", name=self.findings.source.name)
            return None
        columns = [cell.text.strip() for cell in header]
        if KEY not in columns:
            self.findings.add("KM122", header[0].start, header[-1].end, help="key", key=KEY)
            return None
        for row in rows:
            self._row(header, columns, row)
        data = {NOUN: self.tenants}
        self.marks[id(self.tenants)] = self.places
        self.marks[id(data)] = [header[0].start, header[0].start, len(self.text)]
        return Document(self.findings.source, data, self.marks, (0, len(self.text)), {})

    def _row(self, header: list[Cell], columns: list[str], row: list[Cell]) -> None:
        if len(row) > len(columns):
            spare = row[len(columns)]
            self.findings.add("KM122", spare.start, row[-1].end, help="cells", count=len(columns))
            return
        cells = dict(zip(columns, row, strict=False))
        name = cells.get(KEY)
        if name is None or not name.text:
            self.findings.add("KM122", row[0].start, row[-1].end, help="empty", key=KEY)
        elif name.text in self.seen:
            first = self.seen[name.text]
            label = self.findings.label(first.start, first.end, "first")
            self.findings.add("KM103", name.start, name.end, also=(label,), key=name.text)
        else:
            self.seen[name.text] = name
            places = {column: head for column, head in zip(columns, header, strict=True) if column != KEY}
            self.tenants[name.text] = self._tenant(places, cells)
            self.places += [name.start, row[0].start, row[-1].end]

    def _tenant(self, columns: Mapping[str, Cell], cells: Mapping[str, Cell]) -> dict[str, Any]:
        tenant: dict[str, Any] = {}
        self.marks[id(tenant)] = []
        for column, head in columns.items():
            cell = cells.get(column)
            if cell is None or not cell.text:
                continue
            *path, last = column.split(".")
            inner = tenant
            for step in path:
                inner = self._nested(inner, step, head, cell)
            inner[last] = self._value(column, cell)
            self.marks[id(inner)] += [head.start, cell.start, cell.end]
        return tenant

    def _nested(self, outer: dict[str, Any], step: str, head: Cell, cell: Cell) -> dict[str, Any]:
        if not isinstance(outer.get(step), dict):
            outer[step] = {}
            self.marks[id(outer)] += [head.start, cell.start, cell.end]
            self.marks[id(outer[step])] = []
        inner: dict[str, Any] = outer[step]
        return inner

    def _value(self, column: str, cell: Cell) -> Any:
        if column in TYPED:
            return self.plain[cell.text]
        if column not in LISTED:
            return cell.text
        items = [item.strip() for item in cell.text.split(SEPARATOR) if item.strip()]
        self.marks[id(items)] = [cell.start, cell.start, cell.end] * len(items)
        return items

    def _rows(self, comma: str) -> Iterator[list[Cell]]:
        """The rows that have anything in them; cells without the blanks around them."""
        bare = re.compile(rf"[^{comma}\r\n]*")
        at, row = 0, list[Cell]()
        while at < len(self.text):
            cell, at = self._quoted(at) if self.text[at] == '"' else self._bare(bare, at)
            row.append(cell)
            following = self.text[at : at + 1]
            if following == comma:
                at += 1
                if at == len(self.text):
                    row.append(Cell("", at, at))
                continue
            broken = _BREAK.match(self.text, at)
            if following and not broken:
                end = _BREAK.search(self.text, at)
                stop = end.start() if end else len(self.text)
                self.findings.add("KM122", at, stop, help="quote")
                at = stop
                broken = end
            at = broken.end() if broken else at
            if any(cell.text for cell in row):
                yield row
            row = []
        if any(cell.text for cell in row):
            yield row

    def _bare(self, bare: re.Pattern[str], at: int) -> tuple[Cell, int]:
        found = bare.match(self.text, at)
        raw = found[0] if found else ""
        start = at + len(raw) - len(raw.lstrip())
        text = raw.strip()
        return Cell(text, start, start + len(text)), at + len(raw)

    def _quoted(self, at: int) -> tuple[Cell, int]:
        here, parts = at + 1, list[str]()
        while True:
            end = self.text.find('"', here)
            if end < 0:
                self.findings.add("KM122", at, at + 1, help="open")
                return Cell("".join(parts) + self.text[here:], at, len(self.text)), len(self.text)
            parts.append(self.text[here:end])
            if self.text[end + 1 : end + 2] != '"':
                return Cell("".join(parts).strip(), at, end + 1), end + 1
            parts.append('"')
            here = end + 2
