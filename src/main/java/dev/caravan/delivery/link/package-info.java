/**
 * The way from a request to a destination: decorators of one concern each, stacked in {@link SenderStack}. Their shared state is
 * one per connection, so that all mappings of a connection keep its limits together.
 */
@NullMarked
package dev.caravan.delivery.link;

import org.jspecify.annotations.NullMarked;
