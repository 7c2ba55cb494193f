/** From a model to staged, checked rows: what SQL may say, how cells become typed values, keys, hashes and reasons. */
@NullMarked
package dev.caravan.engine.duckdb.read;

import org.jspecify.annotations.NullMarked;
