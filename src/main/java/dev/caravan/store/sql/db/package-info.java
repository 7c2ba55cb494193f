/** The seam between the ledger's SQL and the database that runs it: statements, transactions, and the few words that differ. */
@NullMarked
package dev.caravan.store.sql.db;

import org.jspecify.annotations.NullMarked;
