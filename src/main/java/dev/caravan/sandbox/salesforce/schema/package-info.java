/**
 * What objects and fields the imitated Salesforce organisation has, and how it describes them.
 *
 * <p>The standard objects are tables in resources, written by hand and compared in tests with describes of a real
 * organisation; a workspace adds its own.
 */
@NullMarked
package dev.caravan.sandbox.salesforce.schema;

import org.jspecify.annotations.NullMarked;
