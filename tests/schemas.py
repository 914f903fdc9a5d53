"""The schemas of what the command writes."""

import json
from pathlib import Path
from typing import Any

import jsonschema

FOLDER = Path(__file__).parent.parent / "docs" / "schemas"


def validate(data: Any, name: str) -> None:
    """Hold data against the schema of a command's output."""
    schema = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    validator.validate(data)
