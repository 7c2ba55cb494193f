/**
 * What a run does before it reads: bring the snapshot up to the ledger, find out what became of requests that a dead process
 * left open, and close that process's books. It may ask a destination about a staged job, but it sends no write.
 */
@NullMarked
package dev.caravan.recovery;

import org.jspecify.annotations.NullMarked;
