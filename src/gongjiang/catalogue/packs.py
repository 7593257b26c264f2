"""Where packs, their notices and the shared fields are found: in the package, or in a file anywhere."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.extending.join import named_upper
from gongjiang.rules.programmes.load import load, load_catalogue
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.problems import PackError, PackProblem, did_you_mean
from gongjiang.rules.programmes.schema.pack import CatalogueFile
from gongjiang.rules.programmes.source import read

_HERE: Final = Path(__file__).resolve().parent
PACKS: Final = _HERE / "packs"
NOTICES: Final = _HERE / "notices"
SUFFIXES: Final = (".yaml", ".yml")
HIGHEST: Final = 3
"""Packs above packs that are looked for: the nation's, a province's, a city's."""


@dataclass(frozen=True, slots=True)
class PackText:
    """A pack as written. `notice`: its notice's text, None when it is nowhere to be found. `upper`: what it extends."""

    file: str
    text: str
    notice: str | None = None
    built_in: bool = False
    upper: "PackText | None" = None


@cache
def catalogue() -> CatalogueFile:
    """The shared fields of persons, units, teams and studios."""
    path = _HERE / "person.yaml"
    return load_catalogue(_read(path), path.name)


def pack_ids() -> tuple[str, ...]:
    """Ids of the packs in the package."""
    return tuple(sorted(path.stem for path in PACKS.glob("*.yaml")))


def find(name: str, *, notice: str | None = None) -> PackText:
    """A pack by id or by file, with its notice: the file given, else that beside it, else the built-in one.

    Raises BadInput naming the nearest id when there is none.
    """
    path = Path(name)
    if not name.endswith(SUFFIXES):
        if name not in pack_ids():
            hint, english = did_you_mean(name, pack_ids())
            raise BadInput(
                f"没有名为“{name}”的项目包，也不是 .yaml 文件。{hint}", f"No pack '{name}'.{english}", place=name
            )
        path = PACKS / f"{name}.yaml"
    if path.is_dir():
        raise BadInput("这是文件夹，不是文件。", "A folder, not a file.", place=name)
    if not path.is_file():
        raise BadInput("没有这个文件。", "No such file.", place=name)
    text = _read(path)
    found = _read(Path(notice)) if notice else _notice_of(text, path)
    return PackText(path.name, text, found, path.parent == PACKS, _upper_of(text, path))


def load_pack(name: str, *, notice: str | None = None) -> Pack:
    """A checked pack by id or file. Raises BadInput if there is none, PackError if it has errors."""
    return load_text(find(name, notice=notice))


@lru_cache(maxsize=32)
def load_text(found: PackText) -> Pack:
    """A checked pack from its text, kept by it (a pack never changes once read). Raises PackError."""
    upper = load_text(found.upper) if found.upper is not None else None
    return load(found.text, found.file, catalogue(), found.notice, upper)


def upper_named(text: str, file: str) -> tuple[str, str] | None:
    """Id and version of the pack that a text extends; None if it extends none, or can't be read."""
    try:
        return named_upper(read(text, file).data)
    except PackError:
        return None


def notice_text(file: str) -> str | None:
    """The text of a built-in notice by its file name, or None."""
    path = NOTICES / Path(file).name
    return _read(path) if path.is_file() else None


def built_in_upper(text: str, file: str) -> PackText | None:
    """The built-in pack that a text extends, or None."""
    return _upper_of(text, PACKS / Path(file).name)


def _upper_of(text: str, path: Path, above: int = 0) -> PackText | None:
    """The pack that a text extends: beside it, else built in. None when it names none, or there is none."""
    named = upper_named(text, path.name)
    if named is None or above > HIGHEST:
        return None
    beside = path.parent / f"{named[0]}.yaml"
    found = beside if beside.is_file() and beside != path else PACKS / f"{named[0]}.yaml"
    if not found.is_file():
        return None
    upper = _read(found)
    return PackText(
        found.name, upper, _notice_of(upper, found), found.parent == PACKS, _upper_of(upper, found, above + 1)
    )


def _notice_of(text: str, path: Path) -> str | None:
    """The notice that a pack names: beside the pack, else built in. A pack that can't be read names none."""
    try:
        data = read(text, path.name).data
    except PackError:
        return None
    section = data.get("notice")
    source = section.get("source") if isinstance(section, dict) else None
    file = source.get("file") if isinstance(source, dict) else None
    if not isinstance(file, str) or not file:
        return None
    beside = path.parent / Path(file).name  # a name, never a way out of the folder
    return _read(beside) if beside.is_file() else notice_text(file)


def _read(path: Path) -> str:
    """A text file as UTF-8 with its line ends as they are. Raises BadInput or PackError naming the file."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadInput("这个文件读不了。", f"Can't be read: {error.strerror}.", place=str(path)) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        text = "文件不是 UTF-8 编码，请另存为 UTF-8。"
        raise PackError(
            [PackProblem(path.name, line, 1, (), "yaml.encoding", text, "The file is not UTF-8.")]
        ) from error
