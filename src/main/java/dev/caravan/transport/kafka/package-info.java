/** The port {@code Transport} over Kafka: an idempotent producer whose word on each record is told apart, and an administrator that looks. */
@NullMarked
package dev.caravan.transport.kafka;

import org.jspecify.annotations.NullMarked;
