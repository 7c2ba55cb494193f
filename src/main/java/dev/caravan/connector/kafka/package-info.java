/** Topics as destinations: what of a batch becomes which records, and what the answers say of each of them. */
@NullMarked
package dev.caravan.connector.kafka;

import org.jspecify.annotations.NullMarked;
