/**
 * Writing records: what comes in as JSON or CSV becomes a {@link dev.caravan.sandbox.salesforce.dml.Draft}, is checked as
 * the real organisation checks it, and is applied with one result a row, in order.
 */
@NullMarked
package dev.caravan.sandbox.salesforce.dml;

import org.jspecify.annotations.NullMarked;
