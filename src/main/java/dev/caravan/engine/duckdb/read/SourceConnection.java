package dev.caravan.engine.duckdb.read;

import java.nio.file.Path;

/** A configured connection that this engine can read models from. */
public sealed interface SourceConnection {

    /** A DuckDB database file. Other processes write it, so it is attached read-only and only while a model is read. */
    record DuckDbFile(Path file) implements SourceConnection {}

    /** A folder of CSV, Parquet and JSON files; nothing outside it can be read, through symbolic links either. */
    record FilesFolder(Path folder) implements SourceConnection {}
}
