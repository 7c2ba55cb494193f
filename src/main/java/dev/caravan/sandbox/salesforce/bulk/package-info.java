/**
 * Bulk API 2.0 ingest: jobs that take a CSV, process it by themselves in batches, and answer with three unordered files of
 * results. All of it rests on documentation, but for the texts of errors, which are known from recordings and other
 * products.
 */
@NullMarked
package dev.caravan.sandbox.salesforce.bulk;

import org.jspecify.annotations.NullMarked;
