package dev.caravan.engine.duckdb.read;

/** A column as DuckDB reads it from the model. */
record RawColumn(String name, String duckType) {}
