"""Archives and web archives become members, one at a time, within limits: .zip, .tar(.gz), WARC/1.x (.warc, .warc.gz) and WACZ.

Nothing is ever written to disk. A member whose name leads out of the archive, that is a link, or that is an archive itself is
named and passed over. WARC is read by FastWARC: it bounds its own headers, which warcio does not.
"""

from __future__ import annotations

import json
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from sayso.articles.doors import BombError, Doors, Readable, Unpacking, shown, unpacked
from sayso.errors import UnreadableError
from sayso.records import Skipped

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

WARCS = (".warc", ".warc.gz")
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".wacz", *WARCS)
_CHUNK = 1 << 16
_DIRECTORY = 4_000_000
_TAR_HEADER = 1_000_000
_MEMBERS_OF_PAGES = 64
_NO_ADDRESS = "a record without an address"
_READ_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
_PAGE_LISTS = re.compile(r"pages/[\w-]+\.jsonl")
_WARC_MEMBER = re.compile(r"archive/[^/]+\.warc(?:\.gz)?")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive, or one captured page of a web archive (then with its address and type)."""

    name: str
    data: bytes
    url: str | None = None
    media_type: str = ""
    charset: str | None = None


def archive_suffix(name: str) -> str | None:
    """The kind of archive by its name's ending; None for other files."""
    return next((suffix for suffix in sorted(ARCHIVES, key=len, reverse=True) if name.lower().endswith(suffix)), None)


def members(file: BinaryIO, name: str, *, doors: Doors) -> Iterator[Member | Skipped]:
    """What lies in an archive of this name, in its own order; what cannot be read is named with the reason.

    UnreadableError, possibly after some members, where the archive itself is broken or reaches a limit.
    """
    suffix = archive_suffix(name)
    if suffix in WARCS:
        yield from _warc(Unpacking(file, doors, gzipped=suffix.endswith(".gz")), name, doors)
    elif suffix == ".wacz":
        yield from _wacz(file, name, doors)
    elif suffix == ".zip":
        yield from _zip(file, name, doors)
    else:
        yield from _tar(file, name, doors, gzipped=suffix != ".tar")


class _Bounded:
    """A file that hands out no more at a time than a zip's list of members may take: zipfile reads that list whole."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(_DIRECTORY + 1 if size < 0 else min(size, _DIRECTORY + 1))
        if len(data) > _DIRECTORY:
            raise UnreadableError("a list of members that is larger than any is; the file is broken or hostile")
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


class _Metered:
    """The members of one zip as they are read, all counted against the size of the file itself: members may share their bytes."""

    def __init__(self, file: BinaryIO, doors: Doors) -> None:
        self._doors = doors
        self._packed = max(file.seek(0, 2), 1)
        self._given = 0

    def over(self, member: Readable | IO[bytes]) -> Readable:
        """The member, counted."""
        return _Counted(member, self._count)

    def _count(self, size: int) -> None:
        self._given += size
        self._doors.check_unpacking(self._given, self._packed)


@dataclass(frozen=True, slots=True)
class _Counted:
    file: Readable | IO[bytes]
    count: Callable[[int], None]

    def read(self, size: int, /) -> bytes:
        data = self.file.read(size)
        self.count(len(data))
        return data


def _zip(file: BinaryIO, name: str, doors: Doors) -> Iterator[Member | Skipped]:
    archive = _opened(file)
    meter = _Metered(file, doors)
    infos = _few(archive, doors)
    names = frozenset(info.filename for info in infos)
    for info in infos:
        if info.is_dir() or is_hidden(info.filename) or belongs_to_page(info.filename, names):
            continue
        origin = f"{name}/{shown(info.filename)}"
        try:
            _check_name(info.filename)
            if stat.S_ISLNK(info.external_attr >> 16):
                raise UnreadableError("a link; only files are read from archives")
            yield Member(info.filename, _unzipped(archive, info, doors, meter))
        except BombError:
            raise
        except UnreadableError as error:
            yield Skipped(origin, str(error))


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(_Bounded(file))
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, OverflowError):
        raise UnreadableError("not a zip archive, or a broken one; fetch it again") from None


def _few(archive: zipfile.ZipFile, doors: Doors) -> list[zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > doors.members:
        raise UnreadableError(f"more than {doors.members:,} files in it; give it in parts")
    return infos


def _check_name(name: str) -> None:
    """UnreadableError for a name that leads out of the archive, or that is an archive again."""
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or re.match(r"[a-zA-Z]:", name) or "\0" in name:
        raise UnreadableError("its name leads out of the archive; refused")
    if archive_suffix(name) is not None:
        raise UnreadableError("an archive inside an archive; unpack it first")


def _unzipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, doors: Doors, meter: _Metered) -> bytes:
    _check_readable(info)
    doors.check_largest(info.file_size)
    try:
        with archive.open(info) as member:
            return _read(meter.over(member), doors)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise UnreadableError("broken in the archive; fetch it again") from None


def _check_readable(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 1:
        raise UnreadableError("locked with a password; unpack it first")
    # The other methods unpack a block at once, however large it gets.
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableError("compressed in a way that is not read; pack it as a plain zip")


def _read(file: Readable | IO[bytes], doors: Doors) -> bytes:
    """All of a file, in pieces, up to the largest an article may be."""
    data = bytearray()
    while piece := file.read(_CHUNK):
        data += piece
        doors.check_largest(len(data))
    return bytes(data)


def _tar(file: BinaryIO, name: str, doors: Doors, *, gzipped: bool) -> Iterator[Member | Skipped]:
    # Twice through: a saved page's folder may come before the page.
    names = frozenset(entry.name for _, entry in _entries(file, doors, gzipped=gzipped))
    file.seek(0)
    for archive, entry in _entries(file, doors, gzipped=gzipped):
        if entry.isdir() or is_hidden(entry.name) or belongs_to_page(entry.name, names):
            continue
        try:
            yield Member(entry.name, _untarred(archive, entry, doors))
        except UnreadableError as error:
            yield Skipped(f"{name}/{shown(entry.name)}", str(error))


def _entries(file: BinaryIO, doors: Doors, *, gzipped: bool) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """Each member of a tar archive, to be read before the next is asked for."""
    stream = Unpacking(file, doors, gzipped=gzipped)
    stream.allow(_TAR_HEADER)
    try:
        with tarfile.open(fileobj=cast("BinaryIO", stream), mode="r|") as archive:
            count = 0
            while (entry := archive.next()) is not None:
                count += 1
                if count > doors.members:
                    raise UnreadableError(f"more than {doors.members:,} files in it; give it in parts")
                # The next step may read this member's own bytes and one header; a header that claims more is stopped.
                stream.allow(max(entry.size, 0) + _TAR_HEADER)
                yield archive, entry
    except (tarfile.TarError, EOFError, OSError, ValueError, OverflowError, RecursionError):
        raise UnreadableError("not a tar archive, or a broken one; fetch it again") from None


def _untarred(archive: tarfile.TarFile, entry: tarfile.TarInfo, doors: Doors) -> bytes:
    _check_name(entry.name)
    if not entry.isreg() or entry.issparse():
        raise UnreadableError("a link or device; only files are read from archives")
    doors.check_largest(entry.size)
    try:
        member = archive.extractfile(entry)
        return _read(member, doors) if member is not None else b""
    except (tarfile.TarError, EOFError, OSError, ValueError):
        raise UnreadableError("broken in the archive; fetch it again") from None


def _wacz(file: BinaryIO, name: str, doors: Doors) -> Iterator[Member | Skipped]:
    archive = _opened(file)
    infos = _few(archive, doors)
    meter = _Metered(file, doors)
    listed = _listed_pages(archive, infos, doors, meter)
    found = False
    for info in infos:
        if _WARC_MEMBER.fullmatch(info.filename) is None:
            continue
        try:
            _check_readable(info)
            # What is packed twice could unpack to the square of the ratio; an honest .warc.gz hardly shrinks again.
            if info.filename.endswith(".gz") and info.file_size > 2 * info.compress_size:
                raise BombError("packed twice over, as a zip bomb is; unpack it yourself first")
            with archive.open(info) as inner:
                stream = Unpacking(meter.over(inner), doors, gzipped=info.filename.endswith(".gz"))
                for member in _warc(stream, name, doors):
                    if isinstance(member, Skipped) or not listed or _plain(member.url) in listed:
                        found = True
                        yield member
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
            raise UnreadableError(f"{shown(info.filename)} is broken; fetch the archive again") from None
    if listed and not found:
        raise UnreadableError("none of the pages it lists is in it; save them again")


def _listed_pages(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], doors: Doors, meter: _Metered
) -> frozenset[str | None]:
    """The addresses of the pages that were saved, as against what they were made of (frames, scripts)."""
    found: set[str | None] = set()
    for info in [info for info in infos if _PAGE_LISTS.fullmatch(info.filename)][:_MEMBERS_OF_PAGES]:
        for line in _unzipped(archive, info, doors, meter).splitlines():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(row, dict) and isinstance(row.get("url"), str):
                found.add(_plain(row["url"]))
    return frozenset(found)


def _plain(url: str | None) -> str | None:
    return url.partition("#")[0] if url else None


def _warc(stream: Unpacking, name: str, doors: Doors) -> Iterator[Member | Skipped]:
    """Pages of a WARC: answers that were pages, resources, and texts made of them (WET)."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    try:
        for record in ArchiveIterator(stream, record_types=wanted, auto_decode="transfer", strict_mode=False):
            url = record.headers.get("WARC-Target-URI")
            try:
                if (page := _captured(record, url, doors)) is not None:
                    yield page
            except UnreadableError as error:
                yield Skipped(f"{name}:{shown(url or _NO_ADDRESS)}", str(error))
    except (OSError, ValueError, EOFError, OverflowError) as error:
        raise _limit(error) or UnreadableError("not a WARC file, or broken from here on; fetch it again") from None


def _captured(record: WarcRecord, url: str | None, doors: Doors) -> Member | None:
    """The page in a record; None where it is no page (pictures, redirects, requests)."""
    headers = record.http_headers if record.is_http else None
    if headers is not None and headers.status_code not in (200, 203, 206):
        return None
    kind = (record.http_content_type if headers is not None else record.headers.get("Content-Type")) or ""
    media_type = kind.partition(";")[0].strip().lower()
    if media_type not in _READ_TYPES:
        return None
    data = _read(record.reader, doors)
    chunked = headers is not None and "Transfer-Encoding" in headers
    if not chunked and len(data) < record.content_length:
        raise UnreadableError("cut short in the archive; fetch it again")
    coding = (headers.get("Content-Encoding") or "") if headers is not None else ""
    address = (url or "").strip("<> ") or None
    return Member(
        name=address or _NO_ADDRESS,
        data=unpacked(data, coding, doors),
        url=address,
        media_type=media_type,
        charset=record.http_charset if headers is not None else None,
    )


def _limit(error: BaseException | None) -> UnreadableError | None:
    """Our own refusal, where the library wrapped it."""
    while error is not None:
        if isinstance(error, UnreadableError):
            return error
        error = error.__cause__ or error.__context__
    return None


def is_hidden(name: str) -> bool:
    """Whether a member is hidden, or one of the double files a Mac packs beside each."""
    return any(
        (part.startswith(".") and part not in (".", "..")) or part == "__MACOSX"
        for part in PurePosixPath(name.replace("\\", "/")).parts
    )


def belongs_to_page(name: str, others: frozenset[str]) -> bool:
    """Whether a file lies in the folder a browser saved with a page (`page.html`, `page_files/`)."""
    path = PurePosixPath(name)
    for folder in path.parents:
        if folder.name.endswith("_files"):
            page = str(folder)[: -len("_files")]
            if f"{page}.html" in others or f"{page}.htm" in others:
                return True
    return False
