/**
 * The organisation's records in memory, with indexes, atomic requests and the ledger of every write.
 *
 * <p>Rows are immutable, so a reader may keep them. All access is under one lock, which a request holds from its first row
 * to its last: nobody sees half a request.
 */
@NullMarked
package dev.caravan.sandbox.salesforce.store;

import org.jspecify.annotations.NullMarked;
