/**
 * Salesforce as a destination: sObject Collections for small deltas, Bulk API 2.0 jobs for large ones. Pure conversations, no
 * I/O. Facts about the API are from its documentation and from recorded exchanges; connectors/salesforce/README.md says
 * which are unverified.
 */
@NullMarked
package dev.caravan.connector.salesforce;

import org.jspecify.annotations.NullMarked;
