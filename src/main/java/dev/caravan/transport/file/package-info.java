/**
 * The port {@code Transport} over a folder: each object is a file, whose next generation is made beside it and published by one rename,
 * with a manifest that says what it holds. CSV and JSON Lines are merged as they stream by, Parquet by DuckDB.
 */
@NullMarked
package dev.caravan.transport.file;

import org.jspecify.annotations.NullMarked;
