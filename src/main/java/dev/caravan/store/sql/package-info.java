/**
 * The ledger in SQL, whatever database holds it: tables, rows, JSON and the audit's chain. The databases themselves, with their
 * migrations and the meaning of their errors, are the stores' own.
 */
@NullMarked
package dev.caravan.store.sql;

import org.jspecify.annotations.NullMarked;
