/**
 * The ledger on SQLite: one file, one writer thread with group commit, any number of readers. What is durable when a call
 * returns stays so through SIGKILL and power cuts (WAL, {@code synchronous=FULL}).
 */
@NullMarked
package dev.caravan.store.sqlite;

import org.jspecify.annotations.NullMarked;
