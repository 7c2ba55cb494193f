/**
 * An imitated Salesforce organisation: log-in, describe, records, collections, SOQL and Bulk 2.0, at any API version.
 *
 * <p>Shapes and codes follow recorded exchanges of a real organisation where there are any; each class says what of it rests
 * on documentation alone.
 */
@NullMarked
package dev.caravan.sandbox.salesforce;

import org.jspecify.annotations.NullMarked;
