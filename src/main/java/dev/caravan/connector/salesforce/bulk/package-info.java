/** Writing many thousand records by Bulk API 2.0: create, upload, close, poll, and three unordered result files. */
@NullMarked
package dev.caravan.connector.salesforce.bulk;

import org.jspecify.annotations.NullMarked;
