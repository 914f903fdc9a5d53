"""Pure values: dimensions, shapes, dtypes, broadcasting and window arithmetic."""
