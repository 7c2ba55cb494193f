/** The one ledger of writes that all imitated APIs share, so that a test can compare what was sent with what was applied. */
@NullMarked
package dev.caravan.sandbox.ledger;

import org.jspecify.annotations.NullMarked;
