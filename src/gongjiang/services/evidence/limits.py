"""What may be uploaded under an attachment of a pack, told before somebody tries."""

from dataclasses import dataclass

from gongjiang.rules.evidence.inspection import Limits
from gongjiang.rules.evidence.kinds import LABELS, PACK_WORDS, Kind
from gongjiang.rules.nominations.form_plan_parts import FilesAsked

FILE_BYTES = 50_000_000
VIDEO_BYTES = 500_000_000
"""Five minutes of film from a telephone are 300 MB and more."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Kinds of files that are taken, and how large and long they may be."""

    kinds: frozenset[Kind]
    limits: Limits
    most: int
    photo: bool

    @property
    def max_mb(self) -> int:
        """The most megabytes a file may have, whatever it is."""
        return max(self.limits.max_bytes, self.limits.film_bytes) // 1_000_000

    def most_bytes(self, name: str) -> int:
        """The most bytes of a file that is called so: what is no film by its name need not be sent to be refused."""
        film = name.lower().endswith((".mp4", ".m4v"))
        return self.limits.film_bytes if film and self.limits.film_bytes else self.limits.max_bytes

    @property
    def words(self) -> str:
        """The limits in one sentence: PDF、JPG 图片，每个不超过 50 MB，最多 20 个."""
        kinds = "、".join(LABELS[one] for one in Kind if one in self.kinds)
        length = f"，每段不超过 {self.limits.max_seconds // 60} 分钟" if self.limits.max_seconds else ""
        shape = "，2寸比例（宽35×高49），宽至少 295 像素" if self.photo else ""
        size = f"每个不超过 {self.max_mb} MB"
        if self.limits.film_bytes and self.kinds != {Kind.MP4}:
            size = f"每个不超过 {self.limits.max_bytes // 1_000_000} MB，视频不超过 {self.max_mb} MB"
        return f"{kinds}{length}{shape}，{size}，最多 {self.most} 个"

    @property
    def accept(self) -> str:
        """For the file chooser of the browser."""
        return ",".join(f".{one.value}" for one in Kind if one in self.kinds) + (
            ",.jpeg" if Kind.JPEG in self.kinds else ""
        )


def taken_under(asked: FilesAsked) -> Taken:
    """By the pack's words: kinds, minutes of video, photo."""
    one = asked.attachment
    kinds = frozenset().union(*(PACK_WORDS.get(word, frozenset()) for word in one.kinds))
    film = Kind.MP4 in kinds
    seconds = asked.max_minutes * 60 if asked.max_minutes is not None else None
    limits = Limits(max_bytes=FILE_BYTES, film_bytes=VIDEO_BYTES if film else 0, max_seconds=seconds)
    most = 1 if one.photo is not None else one.most
    return Taken(kinds, limits, most, one.photo is not None)
