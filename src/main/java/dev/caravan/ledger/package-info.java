/** The port of the transactional store of runs, plans, intents, outcomes, approvals, pauses and leases. */
@NullMarked
package dev.caravan.ledger;

import org.jspecify.annotations.NullMarked;
