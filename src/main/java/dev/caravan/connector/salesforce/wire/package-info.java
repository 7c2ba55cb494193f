/** What both ways of writing to Salesforce share: requests, values as sent, error codes and what they mean. */
@NullMarked
package dev.caravan.connector.salesforce.wire;

import org.jspecify.annotations.NullMarked;
