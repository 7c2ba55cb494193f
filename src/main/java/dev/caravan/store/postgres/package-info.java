/**
 * The ledger on a PostgreSQL server, shared by several workers. Every transaction of a run holds its mapping's lease row locked until
 * it is committed; leases run out by the server's clock.
 */
@NullMarked
package dev.caravan.store.postgres;

import org.jspecify.annotations.NullMarked;
