/** DuckDB itself: the one instance, its connections, quoting, column types and what its errors mean to people. */
@NullMarked
package dev.caravan.engine.duckdb.db;

import org.jspecify.annotations.NullMarked;
