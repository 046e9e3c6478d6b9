"""rowmark: Markdown tables kept as a database, with git as the log.

    import rowmark

    with rowmark.open(".") as db:
        for row in db.rows("README.md", "papers"):
            print(row.key, row["Read or Not"], row.progress("Read or Not"))
        db.set("README.md", "papers", "LoRA", "Read")
        db.commit()

One file on ctypes: it needs librowmark.so.0 and nothing else. rowmark.h is the reference; what
is said there of paths, tables, rows and columns holds here. A call that fails raises Error.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from typing import Any, Dict, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

__all__ = ["Database", "Error", "Merge", "Row", "merge", "open", "open_text", "version"]

Text = Union[str, bytes]


class Error(Exception):
    """What went wrong. `code` is one word ("not-found", "faster" ...), `hint` what to do next."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(f"{message}\n{hint}" if hint else message)
        self.code, self.message, self.hint = code, message, hint


class Row(Mapping[str, str]):
    """One row of a result: columns by name, as a reader sees them."""

    def __init__(self, names: Sequence[str], values: Sequence[str], raws: Sequence[str],
                 progress: Sequence[str], key: str, line: int) -> None:
        self._at = {name: i for i, name in reversed(list(enumerate(names)))}
        self._names, self._values, self._raws, self._progress = names, values, raws, progress
        self.key, self.line = key, line

    def __getitem__(self, column: str) -> str:
        return self._values[self._at[column]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def __repr__(self) -> str:
        return f"Row({dict(self)!r})"

    def raw(self, column: str) -> str:
        """The cell's Markdown."""
        return self._raws[self._at[column]]

    def progress(self, column: str) -> str:
        """todo, doing, done, closed, unknown or empty; "" in a column that is no status."""
        return self._progress[self._at[column]]

    def cells(self) -> List[Tuple[str, str]]:
        """All cells with their columns' names, two columns of one name too."""
        return list(zip(self._names, self._values))


class Merge(NamedTuple):
    """A merged text, and what a person must decide (it is between markers in the text)."""

    text: str
    conflicts: List[Row]


def _load() -> ctypes.CDLL:
    given = os.environ.get("ROWMARK_LIBRARY")
    lib = ctypes.CDLL(given or ctypes.util.find_library("rowmark") or "librowmark.so.0")
    pointer, text, size, status = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int
    out = ctypes.POINTER(ctypes.c_void_p)
    length = ctypes.POINTER(ctypes.c_size_t)
    many = ctypes.POINTER(ctypes.c_char_p)
    signatures: Dict[str, Tuple[Any, List[Any]]] = {
        "version": (text, []),
        "open": (pointer, [text]),
        "open_text": (pointer, [text, text, size]),
        "close": (None, [pointer]),
        "error": (text, [pointer]),
        "option": (status, [pointer, text, text]),
        "tables": (status, [pointer, text, out]),
        "rows": (status, [pointer, text, text, out]),
        "bytes": (status, [pointer, text, out]),
        "check": (status, [pointer, text, out]),
        "summary": (status, [pointer, text, out]),
        "diff": (status, [pointer, text, text, out]),
        "set": (status, [pointer, text, text, text, text, text, out]),
        "set_if": (status, [pointer, text, text, text, text, text, text, out]),
        "start": (status, [pointer, text, text, text, text, out]),
        "done": (status, [pointer, text, text, text, text, out]),
        "add": (status, [pointer, text, text, many, many, size, out]),
        "rm": (status, [pointer, text, text, text, out]),
        "commit": (status, [pointer, text, out]),
        "save": (status, [pointer, out]),
        "discard": (None, [pointer]),
        "merge": (status, [text, text, size, text, size, text, size, out]),
        "result_rows": (size, [pointer]),
        "result_columns": (size, [pointer]),
        "result_column": (text, [pointer, size]),
        "result_value": (pointer, [pointer, size, size, length]),
        "result_raw": (pointer, [pointer, size, size, length]),
        "result_progress": (text, [pointer, size, size]),
        "result_key": (pointer, [pointer, size, length]),
        "result_line": (size, [pointer, size]),
        "result_text": (pointer, [pointer, length]),
        "result_commit": (text, [pointer]),
        "result_code": (text, [pointer]),
        "result_message": (text, [pointer]),
        "result_hint": (text, [pointer]),
        "result_notes": (text, [pointer]),
        "free": (None, [pointer]),
    }
    for name, (restype, argtypes) in signatures.items():
        function = getattr(lib, "rmk_" + name)
        function.restype, function.argtypes = restype, argtypes
    return lib


_lib = _load()


def _in(value: Optional[Text]) -> Optional[bytes]:
    return value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value


def _out(value: Optional[bytes]) -> str:
    return (value or b"").decode("utf-8", "surrogateescape")


def _sized(function: Any, *args: Any) -> bytes:
    n = ctypes.c_size_t()
    at = function(*args, ctypes.byref(n))
    return ctypes.string_at(at, n.value) if at else b""


class _Result:
    """What a call answered, read whole and given back."""

    def __init__(self, function: Any, *args: Any) -> None:
        handle = ctypes.c_void_p()
        failed = function(*args, ctypes.byref(handle))
        try:
            if failed:
                raise Error(_out(_lib.rmk_result_code(handle)), _out(_lib.rmk_result_message(handle)),
                            _out(_lib.rmk_result_hint(handle)))
            self.text = _sized(_lib.rmk_result_text, handle)
            self.commit = _out(_lib.rmk_result_commit(handle))
            self.notes = _out(_lib.rmk_result_notes(handle)).splitlines()
            self.rows = list(self._rows(handle))
        finally:
            _lib.rmk_free(handle)

    @staticmethod
    def _rows(handle: ctypes.c_void_p) -> Iterator[Row]:
        columns = range(_lib.rmk_result_columns(handle))
        names = [_out(_lib.rmk_result_column(handle, c)) for c in columns]
        for r in range(_lib.rmk_result_rows(handle)):
            yield Row(names,
                      [_out(_sized(_lib.rmk_result_value, handle, r, c)) for c in columns],
                      [_out(_sized(_lib.rmk_result_raw, handle, r, c)) for c in columns],
                      [_out(_lib.rmk_result_progress(handle, r, c)) for c in columns],
                      _out(_sized(_lib.rmk_result_key, handle, r)),
                      _lib.rmk_result_line(handle, r))


class Database:
    """The Markdown files of a folder, or one text. Close it, or use it in a `with`."""

    def __init__(self, handle: Optional[int]) -> None:
        if not handle:
            raise MemoryError
        self._handle: Optional[int] = handle
        self.notes: List[str] = []  # what should be known of the last call that wrote

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()

    def close(self) -> None:
        _lib.rmk_close(self._handle)
        self._handle = None

    def option(self, name: str, value: Optional[str]) -> None:
        if _lib.rmk_option(self._handle, _in(name), _in(value)):
            raise Error("not-found", _out(_lib.rmk_error(self._handle)), "")

    def tables(self, path: str = "") -> List[Row]:
        return _Result(_lib.rmk_tables, self._handle, _in(path)).rows

    def rows(self, path: str = "", table: Optional[str] = None) -> List[Row]:
        return _Result(_lib.rmk_rows, self._handle, _in(path), _in(table)).rows

    def bytes(self, path: str = "") -> bytes:
        return _Result(_lib.rmk_bytes, self._handle, _in(path)).text

    def check(self, path: str = "") -> List[Row]:
        return _Result(_lib.rmk_check, self._handle, _in(path)).rows

    def summary(self, path: str = "") -> List[Row]:
        return _Result(_lib.rmk_summary, self._handle, _in(path)).rows

    def diff(self, old: str, new: str) -> List[Row]:
        return _Result(_lib.rmk_diff, self._handle, _in(old), _in(new)).rows

    def _write(self, function: Any, *args: Any) -> _Result:
        result = _Result(function, self._handle, *args)
        self.notes = result.notes
        return result

    def set(self, path: str, table: Optional[str], row: str, value: str,
            column: Optional[str] = None, expected: Optional[str] = None) -> Row:
        """Change one cell; column None is the one status column."""
        return self._write(_lib.rmk_set_if, _in(path), _in(table), _in(row), _in(column),
                           _in(expected), _in(value)).rows[0]

    def start(self, path: str, table: Optional[str], row: str, column: Optional[str] = None) -> Row:
        return self._write(_lib.rmk_start, _in(path), _in(table), _in(row), _in(column)).rows[0]

    def done(self, path: str, table: Optional[str], row: str, column: Optional[str] = None) -> Row:
        return self._write(_lib.rmk_done, _in(path), _in(table), _in(row), _in(column)).rows[0]

    def add(self, path: str, table: Optional[str], cells: Mapping[str, str]) -> Row:
        n = len(cells)
        columns = (ctypes.c_char_p * n)(*[_in(name) for name in cells])
        values = (ctypes.c_char_p * n)(*[_in(value) for value in cells.values()])
        return self._write(_lib.rmk_add, _in(path), _in(table), columns, values, n).rows[0]

    def rm(self, path: str, table: Optional[str], row: str) -> Row:
        return self._write(_lib.rmk_rm, _in(path), _in(table), _in(row)).rows[0]

    def commit(self, message: Optional[str] = None) -> str:
        """All that was changed, in one commit. Its id; "" when there was nothing to do."""
        return self._write(_lib.rmk_commit, _in(message)).commit

    def save(self) -> None:
        self._write(_lib.rmk_save)

    def discard(self) -> None:
        _lib.rmk_discard(self._handle)


def open(folder: str = ".") -> Database:  # noqa: A001 the name says what it is
    return Database(_lib.rmk_open(_in(folder)))


def open_text(text: Text, path: str = "text") -> Database:
    given = _in(text) or b""
    return Database(_lib.rmk_open_text(_in(path), given, len(given)))


def merge(base: Text, ours: Text, theirs: Text, path: str = "text") -> Merge:
    """Three versions of a text, merged by row and cell."""
    args: List[Any] = [_in(path)]
    for text in (base, ours, theirs):
        given = _in(text) or b""
        args += [given, len(given)]
    result = _Result(_lib.rmk_merge, *args)
    return Merge(_out(result.text), result.rows)


def version() -> str:
    return _out(_lib.rmk_version())
