"""What a command line asks for."""

from __future__ import annotations

from typing import Protocol


class Options(Protocol):
    """What was asked for."""

    door: str
    paths: list[str]
    path: str
    rule: str | None
    shell: str
    all: bool
    output_format: str | None
    fail_level: str | None
    select: list[str] | None
    extend_select: list[str] | None
    ignore: list[str] | None
    config: str | None
    force_exclude: bool
    jobs: int | None
    no_cache: bool
    cache_dir: str | None
    exit_zero: bool
    quiet: bool
    stdin_filename: str | None
    fix: bool
    unsafe_fixes: bool
    fix_only: bool
    show_fixes: bool
    diff: bool
    add_ignore: bool
    baseline: str | None
    write_baseline: str | None
    watch: bool
    statistics: bool
    show_settings: bool
    show_files: bool
    remove: bool
    check: bool
    style: str | None
    call: str | None
    stub_data: bool
    timeout: float
    python: str | None
