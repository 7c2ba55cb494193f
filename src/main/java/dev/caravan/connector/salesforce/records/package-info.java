/** Writing up to 200 records a request by sObject Collections, and finding record ids by key. */
@NullMarked
package dev.caravan.connector.salesforce.records;

import org.jspecify.annotations.NullMarked;
