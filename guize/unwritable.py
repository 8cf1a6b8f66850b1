"""Why a place cannot be written, and what to do about it, in both languages."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from guize import messages as say
from model.bilingual import Said, Template, same
from model.errors import UsageError

NO_FOLDER = Template(zh="没有文件夹 {folder}", en="there is no folder {folder}")
MAKE_IT = Template(zh="请先建立该文件夹，或另选位置", en="make it first, or choose another place")
NOT_A_FOLDER = Template(zh="{folder} 不是文件夹", en="{folder} is not a folder")
CLOSED = Template(zh="没有在 {folder} 中写入的权限", en="no permission to write in {folder}")
READ_ONLY = Template(zh="{folder} 所在的磁盘只读", en="the disk of {folder} is read-only")
ELSEWHERE = Template(zh="请另选位置", en="choose another place")
PERMIT = Template(zh="请改变其权限，或另选位置", en="change its permissions, or choose another place")
FULL = Template(zh="磁盘已满", en="the disk is full")
MAKE_ROOM = Template(zh="请腾出空间，或另选位置", en="make room, or choose another place")
LONG = Template(zh="文件名过长", en="the name is too long")
SHORTER = Template(zh="请用较短的名称", en="choose a shorter name")
A_FOLDER = Template(zh="这是一个文件夹", en="it is a folder")
NAME_A_FILE = Template(zh="请指定其中的文件，如 {path}/{example}", en="name a file in it, as in {path}/{example}")
NO_FILE = Template(zh="这不是普通文件", en="it is not an ordinary file")

_CAUSES = {
    errno.ENOENT: (NO_FOLDER, MAKE_IT),
    errno.ENOTDIR: (NOT_A_FOLDER, ELSEWHERE),
    errno.EACCES: (CLOSED, PERMIT),
    errno.EPERM: (CLOSED, PERMIT),
    errno.EROFS: (READ_ONLY, ELSEWHERE),
    errno.ENOSPC: (FULL, MAKE_ROOM),
    errno.EDQUOT: (FULL, MAKE_ROOM),
    errno.ENAMETOOLONG: (LONG, SHORTER),
}


def failed(path: Path, error: OSError) -> UsageError:
    """The error to raise where the system did not let `path` be written."""
    if error.errno in _CAUSES:
        cause, remedy = _CAUSES[error.errno]
        folder = Path(error.filename).parent if error.filename else path.parent
        return _refused(path, cause(folder=folder), remedy())
    return _refused(path, same(error.strerror or str(error)), ELSEWHERE())


STANDARD_OUTPUT = Template(zh="标准输出", en="standard output")
_PARTIAL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What a write to an open file can end with, besides a reader that has gone."""


def output_failed(error: OSError) -> UsageError | None:
    """The error to raise where what is printed could not be written; None where the error is another one's.

    What came before may stand in the file already: whoever redirects the output is told, and gets no code of a result.
    """
    if error.errno not in _PARTIAL or error.filename is not None:
        return None
    if error.errno in _CAUSES:
        cause, remedy = _CAUSES[error.errno]
        return say.refused(say.NOT_PRINTED(path=STANDARD_OUTPUT(), why=cause(), remedy=remedy()))
    why = same(error.strerror or str(error))
    return say.refused(say.NOT_PRINTED(path=STANDARD_OUTPUT(), why=why, remedy=ELSEWHERE()))


def not_a_file(path: Path) -> UsageError:
    """The error to raise where a folder, a device or a pipe has the name of the file that is wanted."""
    if path.is_dir():
        return _refused(path, A_FOLDER(), NAME_A_FILE(path=str(path).rstrip(os.sep), example="out.html"))
    return _refused(path, NO_FILE(), ELSEWHERE())


def _refused(path: Path, cause: Said, remedy: Said) -> UsageError:
    return say.refused(say.NOT_WRITTEN(path=path, why=cause, remedy=remedy))
