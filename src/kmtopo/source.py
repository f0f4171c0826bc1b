"""The only reader: it loads every input of a run at its start; later phases see text only."""

from __future__ import annotations

import errno
import os
import re
import stat
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import total_ordering
from itertools import accumulate, count
from operator import add
from pathlib import Path

from kmtopo.packages import RULES, plugins
from kmtopo.values import frozen

ROOT_NAME = "topology.yaml"
LOCK_NAME = "kmtopo.lock"
TEMPLATES = "templates"
LARGEST_FILE_MIB = 64

_BREAK = re.compile(r"\r\n?|\n")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_ABSENT = frozenset({errno.ENOENT, errno.ENOTDIR})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})


@total_ordering
@frozen
class Position:
    """A place in a text: line and column count from 1, columns in code points."""

    line: int
    column: int

    def __lt__(self, other: Position) -> bool:
        return (self.line, self.column) < (other.line, other.column)


@total_ordering
@frozen
class Span:
    """A half-open stretch of one source: from ``start`` up to, not including, ``end``."""

    source: str
    start: Position
    end: Position

    def __lt__(self, other: Span) -> bool:
        return (self.source, self.start, self.end) < (other.source, other.start, other.end)


@frozen
class Source:
    """A text and the name that messages call it by: its path relative to the project's folder.

    Lines end at LF, CRLF or CR. A byte order mark is an encoding's signature and no part of the text.
    """

    name: str
    text: str
    _starts: list[int] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.text.removeprefix("\ufeff"))

    def position(self, index: int) -> Position:
        """Returns the place of the code point at ``index``, which counts from 0."""
        return Position(*self.line_and_column(index))

    def line_and_column(self, index: int) -> tuple[int, int]:
        """Returns the numbers of the place of the code point at ``index``."""
        starts = self._line_starts()
        line = bisect_right(starts, index)
        return line, index - starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """Returns the stretch ``text[start:end]``."""
        return Span(self.name, self.position(start), self.position(end))

    def slice(self, span: Span) -> str:
        """Returns the text of a span of this source."""
        return self.text[self._index(span.start) : self._index(span.end)]

    def line(self, number: int) -> str:
        """Returns a line without its end, or "" where the text has no such line."""
        starts = self._line_starts()
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def _index(self, position: Position) -> int:
        return self._line_starts()[position.line - 1] + position.column - 1

    def _line_starts(self) -> list[int]:
        # Found once, and only for a text that a message points into.
        if not self._starts:
            self._starts.extend([0, *_line_ends(self.text)])
        return self._starts


def _line_ends(text: str) -> Iterable[int]:
    if "\r" in text:
        return (found.end() for found in _BREAK.finditer(text))
    # The n-th line ends behind all characters so far and n line feeds.
    return map(add, accumulate(map(len, text.split("\n")[:-1])), count(1))


@frozen
class Refusal:
    """Why a file was not taken: a diagnostic's code, the variant of its texts, and what these need.

    ``shown`` is the text to point into, as far as it can be read; ``others`` are names that may have been meant.
    This layer lies below diagnostics: ``syntax`` makes them out of refusals.
    """

    code: str
    values: Mapping[str, str]
    variant: str = ""
    span: Span | None = None
    shown: Source | None = None
    others: tuple[str, ...] = ()


@frozen
class Inclusion:
    """A path or glob that a topology includes, relative to its folder, and where it says so."""

    pattern: str
    span: Span


@frozen
class Project:
    """All inputs of a run, read once: the topology and the lock, each None where it is absent or was refused.

    ``included`` are the files that the topology includes, in its order; of a pattern by name. ``templates`` lie in
    folders named after generators, and stand in the place of theirs.
    """

    folder: Path
    root: Source | None
    lock: Source | None
    refusals: tuple[Refusal, ...] = ()
    included: tuple[Source, ...] = ()
    templates: tuple[Source, ...] = ()

    @property
    def sources(self) -> dict[str, Source]:
        """Every text that a message may show, by name."""
        given = (self.root, self.lock, *self.included, *self.templates)
        texts = (*given, *(refusal.shown for refusal in self.refusals))
        return {text.name: text for text in texts if text is not None}


def folder_of(path: Path) -> Path:
    """Returns the project's folder: of a topology file, or the given folder itself."""
    return path if os.path.isdir(path) else path.parent


def read_project(
    path: Path,
    inclusions: Callable[[Source], Iterable[Inclusion]] = lambda _: (),
    generators: Callable[[], Iterable[str]] = tuple,
) -> Project:
    """Reads a topology file, or ``topology.yaml`` of a folder, the lock beside it, and what the topology includes.

    This layer cannot read a topology: ``inclusions`` says what one includes. ``generators`` names those that templates
    of the project's own may be meant for; it is asked only where there are any.
    """
    folder = folder_of(path)
    root = _read(folder / ROOT_NAME if folder == path else path)
    lock = _read_beside(folder, LOCK_NAME)
    included = [] if isinstance(root, Refusal) else list(_included(folder, root, inclusions(root)))
    templates = list(_templates(folder, generators)) if (folder / TEMPLATES).is_dir() else []
    refusals = tuple(found for found in (root, lock, *included, *templates) if isinstance(found, Refusal))
    texts = tuple(found for found in included if isinstance(found, Source))
    own = tuple(found for found in templates if isinstance(found, Source))
    return Project(folder, _source(root), _source(lock), refusals, texts, own)


def _templates(folder: Path, generators: Callable[[], Iterable[str]]) -> Iterator[Source | Refusal]:
    """Reads what lies in the generators' folders; whatever else is called ``templates`` is none of our business."""
    for name in sorted(generators()):
        for path in _matching(folder, f"{TEMPLATES}/{name}/*"):
            # What editors leave behind is no template.
            if not path.name.startswith(".") and not path.name.endswith("~"):
                yield _read_inside(folder, path)


def _included(folder: Path, root: Source, inclusions: Iterable[Inclusion]) -> Iterator[Source | Refusal]:
    """Reads each file once, even where several patterns name it; the topology itself is none of them."""
    seen = {folder / root.name}
    for inclusion in inclusions:
        for path in _matching(folder, inclusion.pattern):
            if path not in seen:
                seen.add(path)
                found = _read_inside(folder, path)
                if isinstance(found, Refusal) and found.span is None:
                    found = replace(found, span=inclusion.span, shown=root)
                yield found


def _matching(folder: Path, pattern: str) -> Iterator[Path]:
    if not any(sign in pattern for sign in "*?["):
        yield folder / pattern
        return
    try:
        # Which of several files comes first must not depend on the disk.
        yield from sorted(path for path in folder.glob(pattern) if not path.is_dir())
    except (OSError, ValueError, NotImplementedError):
        yield folder / pattern


def _read_inside(folder: Path, path: Path) -> Source | Refusal:
    name = os.path.relpath(path, folder)
    if not _is_inside(folder, path):
        return Refusal("KM118", {"name": name})
    found = _read(path, Path(name).as_posix())
    return (
        replace(found, variant="included", others=()) if isinstance(found, Refusal) and found.code == "KM115" else found
    )


def read_text(path: Path, called: str) -> Source | Refusal:
    """Reads one of the user's own texts that is no part of a topology; messages call it by the given name."""
    found = _read(path, called)
    if not isinstance(found, Refusal) or found.code != "KM115":
        return found
    alike = _named(path.parent, path.suffix) if path.suffix else ()
    return replace(found, variant="text", others=tuple(str(Path(called).parent / name) for name in alike))


def read_page(code: str, language: str) -> str | None:
    """Returns the page that explains a code, as Markdown; None where there is none."""
    plugin, _, number = code.rpartition("/")
    for folder in _pages_of(plugin) if plugin else _pages():
        page = folder / language / f"{number}.md"
        if page.is_file():
            return page.read_text(encoding="utf-8")
    return None


def _pages() -> Iterator[Path]:
    """Where our pages lie: in the wheel, or in a checkout."""
    yield Path(__file__).with_name("pages")
    yield Path(__file__).parents[2] / "docs" / "diagnostics"


def _pages_of(plugin: str) -> Iterator[Path]:
    """Where the pages of another package lie: in the folder of its rules."""
    registered = plugins(RULES).get(plugin)
    folder = registered.folder("pages") if registered else None
    if folder:
        yield folder


def _source(found: Source | Refusal | None) -> Source | None:
    return found if isinstance(found, Source) else None


def _read_beside(folder: Path, name: str) -> Source | Refusal | None:
    """Reads a file that need not be there, but must lie in the folder if it is."""
    path = folder / name
    if not os.path.lexists(path):
        return None
    return _read(path) if _is_inside(folder, path) else Refusal("KM118", {"name": name})


def _is_inside(folder: Path, path: Path) -> bool:
    try:
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
    except ValueError:  # no file system takes a path with a NUL
        return False


def _read(path: Path, called: str = "") -> Source | Refusal:
    """Reads a text; messages call it by its own name unless they are given a longer one."""
    name = called or path.name
    try:
        content = _content(path)
    except OSError as error:
        return _unreadable(path, name, error.errno or 0)
    except ValueError:  # no file system takes a path with a NUL
        return _unreadable(path, name, errno.ENOENT)
    if content is None:
        return Refusal("KM116", {"name": name}, "special")
    if len(content) > LARGEST_FILE_MIB << 20:
        return Refusal("KM113", {"name": name, "limit": str(LARGEST_FILE_MIB)})
    return _decoded(name, content)


def _content(path: Path) -> bytes | None:
    """The bytes of a regular file, at most one more than allowed; None where it is anything else."""
    # Looked at before it is opened: opening a pipe would wait for a writer.
    if not stat.S_ISREG(path.stat().st_mode):
        return None
    with path.open("rb") as file:
        return file.read((LARGEST_FILE_MIB << 20) + 1)


def _decoded(name: str, content: bytes) -> Source | Refusal:
    try:
        return Source(name, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        shown = Source(name, content.decode("utf-8", "replace"))
        at = len(content[: error.start].decode("utf-8").removeprefix("\ufeff"))
        values = {"byte": f"0x{content[error.start]:02X}"}
        variant = "utf16" if content.startswith(_UTF16_MARKS) else ""
        return Refusal("KM111", values, variant, shown.span(at, at + 1), shown)


def _unreadable(path: Path, name: str, number: int) -> Refusal:
    if number in _ABSENT:
        return Refusal("KM115", {"name": name}, others=_named(path.parent, ".yaml", ".yml"))
    values = {"name": name, "reason": errno.errorcode.get(number, "?")}
    return Refusal("KM116", values, "permission" if number in _FORBIDDEN else "")


def _named(folder: Path, *endings: str) -> tuple[str, ...]:
    """The files of a folder whose names have one of these endings: one of them may be meant."""
    try:
        return tuple(sorted(name for name in os.listdir(folder) if name.endswith(endings)))
    except (OSError, ValueError):
        return ()
