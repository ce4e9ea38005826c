"""A ZIP gives back the files that it was made of, and one that would do harm is refused with its entry named."""

import io
import stat
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.content import SHIPPED

from courses.archives import LARGEST_ZIP, MOST_ENTRIES, read_zip, write_zip
from courses.complaints import Complaints
from courses.names import find_fault, is_litter
from courses.refusals import Refused
from courses.sources import find_parcel, put_under, read_course

NAMES = (
    st.lists(st.text("abcñé-_ .", min_size=1, max_size=8), min_size=1, max_size=4)
    .map("/".join)
    .filter(lambda name: find_fault(name) is None and not is_litter(name))
)
STORED = zipfile.ZIP_STORED
BASE: Mapping[str, bytes] = {"curso/course.yaml": b"id: curso\n", "curso/uno/lesson.yaml": b"id: uno\n"}


def a_zip(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, raw in [*BASE.items(), *entries]:
            archive.writestr(name, raw)
    return buffer.getvalue()


def of_mode(name: str, mode: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, mode << 16
    return entry


def flagged(raw: bytes, flag: int) -> bytes:
    """A ZIP whose last entry says so in its two headers."""
    changed = bytearray(raw)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        changed[raw.rindex(mark) + offset] |= flag
    return bytes(changed)


def lying(raw: bytes, declared: int) -> bytes:
    """A ZIP whose last entry declares another size than it has."""
    changed = bytearray(raw)
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = raw.rindex(mark) + offset
        changed[place : place + 4] = declared.to_bytes(4, "little")
    return bytes(changed)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(NAMES, st.binary(max_size=300), max_size=12))
def test_what_is_packed_comes_out_or_its_names_clash(files: dict[str, bytes]) -> None:
    found, problems = read_zip(write_zip(files))
    if problems:
        assert {one.code for one in problems} == {"zip-twice"}
    else:
        assert found == files


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES, st.binary(max_size=100), max_size=8), st.randoms())
def test_the_same_files_make_the_same_bytes(files: dict[str, bytes], random: object) -> None:
    names = list(files)
    assert hasattr(random, "shuffle")
    random.shuffle(names)
    assert write_zip({name: files[name] for name in names}) == write_zip(files)


def test_a_whole_course_goes_through_a_zip_and_loses_nothing() -> None:
    complaints = Complaints()
    files = read_course(SHIPPED / "analisis-con-pandas", complaints)
    assert complaints.problems == ()
    assert len(files) > 100
    found, problems = read_zip(write_zip(put_under("analisis-con-pandas", files)))
    assert problems == ()
    assert found is not None
    parcel = find_parcel(found)
    assert (parcel.kind, parcel.id, parcel.files) == ("course", "analisis-con-pandas", files)


@pytest.mark.parametrize("name", ["../x", "a:b", "foto-\udcff.png", ""])
def test_a_name_that_could_not_be_read_back_is_not_packed(name: str) -> None:
    with pytest.raises(Refused, match="will not do as a name"):
        write_zip({name: b""})


def test_what_systems_leave_behind_is_passed_over() -> None:
    raw = a_zip(
        ("__MACOSX/curso/._uno", b"x"), ("curso/.DS_Store", b"x"), ("curso/uno/a.py~", b"x"), ("curso/uno/", b"")
    )
    assert read_zip(raw) == (BASE, ())


BAD: Mapping[str, tuple[Callable[[], bytes], str, str]] = {
    "parent": (lambda: a_zip(("curso/../../etc/passwd", b"x")), "zip-name", "curso/../../etc/passwd"),
    "absolute": (lambda: a_zip(("/etc/passwd", b"x")), "zip-name", "/etc/passwd"),
    "drive": (lambda: a_zip(("C:/x.py", b"x")), "zip-name", "C:/x.py"),
    "backslash": (lambda: a_zip(("curso\\uno\\x.py", b"x")), "zip-name", "curso\\uno\\x.py"),
    "control": (lambda: a_zip(("curso/a\x1b[2J.py", b"x")), "zip-name", "curso/a [2J.py"),
    "right-to-left": (lambda: a_zip(("curso/a\u202egnp.py", b"x")), "zip-name", "curso/a gnp.py"),
    "device-name": (lambda: a_zip(("curso/aux.py", b"x")), "zip-name", "curso/aux.py"),
    "stream": (lambda: a_zip(("curso/a.py:x", b"x")), "zip-name", "curso/a.py:x"),
    "dot": (lambda: a_zip(("curso/./a.py", b"x")), "zip-name", "curso/./a.py"),
    "space": (lambda: a_zip(("curso/a .py /b", b"x")), "zip-name", "curso/a .py /b"),
    "long": (lambda: a_zip((f"curso/{'a' * 300}", b"x")), "zip-name", "curso/aaaa"),
    "deep": (lambda: a_zip((f"curso/{'a/' * 30}b", b"x")), "zip-name", "curso/a/a/a"),
    "link": (lambda: a_zip((of_mode("curso/x", stat.S_IFLNK | 0o777), b"/etc/passwd")), "zip-odd", "curso/x"),
    "device": (lambda: a_zip((of_mode("curso/x", stat.S_IFCHR | 0o666), b"")), "zip-odd", "curso/x"),
    "pipe": (lambda: a_zip((of_mode("curso/x", stat.S_IFIFO | 0o666), b"")), "zip-odd", "curso/x"),
    "case": (lambda: a_zip(("curso/UNO/Lesson.yaml", b"x")), "zip-twice", "lesson.yaml"),
    "accents": (lambda: a_zip(("curso/é.py", b"x"), ("curso/e\u0301.py", b"y")), "zip-twice", "curso/é.py"),
    "file-and-folder": (lambda: a_zip(("curso/uno/lesson.yaml/a", b"x")), "zip-twice", "curso/uno/lesson.yaml"),
    "bomb": (lambda: a_zip(("curso/x", b"0" * 900_000)), "zip-bomb", "curso/x"),
    "large-file": (lambda: a_zip(("curso/x", bytes(1_200_000)), method=STORED), "zip-too-large", "curso/x"),
    "encrypted": (lambda: flagged(a_zip(("curso/x", b"secreto")), 1), "zip-encrypted", "curso/x"),
    "method": (lambda: a_zip(("curso/x", b"x" * 99), method=zipfile.ZIP_BZIP2), "zip-method", "curso/x"),
    "damaged": (lambda: a_zip(("curso/x", b"abc"), method=STORED).replace(b"abc", b"abd"), "zip-damaged", "curso/x"),
    "lies-small": (lambda: lying(a_zip(("curso/x", b"0" * 900_000)), 10), "zip-damaged", "curso/x"),
    "many": (lambda: a_zip(*((f"curso/{one}", b"") for one in range(10_000))), "zip-too-large", str(MOST_ENTRIES)),
    "no-zip": (lambda: b"PK\x03\x04 no", "no-zip", "zip"),
    "empty": (lambda: b"", "no-zip", "zip"),
    "cut": (lambda: a_zip(("curso/x", b"x"))[:-30], "no-zip", "zip"),
    "large": (lambda: bytes(LARGEST_ZIP + 1), "zip-too-large", "20.0 MiB"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_zip_that_could_do_harm_is_refused_with_its_entry_named(kind: str) -> None:
    make, code, named = BAD[kind]
    files, problems = read_zip(make(), Path("curso.zip"))
    assert files is None
    told = [one for one in problems if one.code == code]
    assert told, problems
    assert any(named in one.message.es and named in one.message.en for one in told), told
    assert told[0].path == Path("curso.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused() -> None:
    _, problems = read_zip(a_zip(("curso/course.yaml", b"id: otro\n")))
    assert [(one.code, "curso/course.yaml" in one.message.en) for one in problems] == [("zip-twice", True)]


def test_all_the_content_of_a_zip_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courses.archives.LARGEST_CONTENT", 1_000)
    files, problems = read_zip(a_zip(("curso/x", bytes(600)), ("curso/y", bytes(600))))
    assert files is None
    assert [one.code for one in problems] == ["zip-too-large"]
    assert "1000 bytes" in problems[0].message.en


@settings(max_examples=200, deadline=None)
@given(data=st.data(), scrap=st.binary(max_size=30))
def test_garbage_in_a_zip_raises_nothing(data: st.DataObject, scrap: bytes) -> None:
    good = a_zip(("curso/uno/lesson.es.md", b"Hola " * 40))
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 40)))
    files, problems = read_zip(good[:start] + scrap + good[end:])
    assert (files is None) is bool(problems)
    for one in problems:
        assert f"{one} {one.message.en}".encode()
