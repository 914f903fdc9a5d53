"""Keraslint's own mistakes: kept from the user's work, and told so that they can be mended."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType


class Defect:
    """An exception that should not have happened.

    Attributes:
        doing: what keraslint was doing, such as ``checking model.py``.
        error: the exception, in one line.
        where: the place in keraslint's source that raised it.
    """

    __slots__ = ("doing", "error", "where")

    def __init__(self, doing: str, error: str, where: str) -> None:
        self.doing = doing
        self.error = error
        self.where = where

    def __str__(self) -> str:
        return (
            f"internal error while {self.doing}: {self.error} (at {self.where}); please report this"
        )


class Shield:
    """Runs work that must not stop other work: ``with shield.over("checking model.py"): …``."""

    __slots__ = ("_doing", "defects")

    def __init__(self) -> None:
        self.defects: list[Defect] = []
        self._doing: list[str] = []

    def over(self, doing: str) -> Shield:
        """Name what the next ``with`` block does."""
        self._doing.append(doing)
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        doing = self._doing.pop()
        if not isinstance(error, Exception) or isinstance(error, BrokenPipeError):
            return False
        self.defects.append(defect(doing, error))
        return True


def defect(doing: str, error: Exception) -> Defect:
    """The defect that an exception shows."""
    where = "an unknown place"
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        where = f"{_module_path(code.co_filename)}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    text = " ".join(str(error).split())
    return Defect(doing, f"{type(error).__name__}: {text}" if text else type(error).__name__, where)


def _module_path(filename: str) -> str:
    parts = filename.replace("\\", "/").split("/")
    return "/".join(parts[parts.index("keraslint") :]) if "keraslint" in parts else parts[-1]
