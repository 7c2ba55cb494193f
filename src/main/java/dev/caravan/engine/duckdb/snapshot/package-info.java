/** A mapping's snapshot file: its format, the diff against staged rows, and how outcomes come into it. */
@NullMarked
package dev.caravan.engine.duckdb.snapshot;

import org.jspecify.annotations.NullMarked;
