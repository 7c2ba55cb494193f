/**
 * The embedded engine: models are read, checked and diffed by SQL in one in-memory DuckDB instance, and each mapping's
 * snapshot is a DuckDB file of its own. Rows come into the JVM only where they changed.
 */
@NullMarked
package dev.caravan.engine.duckdb;

import org.jspecify.annotations.NullMarked;
