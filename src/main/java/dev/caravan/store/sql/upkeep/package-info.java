/** Upkeep of a ledger in a database: what is let go, erased, forgotten, and held against itself. */
@NullMarked
package dev.caravan.store.sql.upkeep;

import org.jspecify.annotations.NullMarked;
