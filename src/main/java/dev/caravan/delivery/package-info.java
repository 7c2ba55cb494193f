/**
 * How planned rows get to a destination: cut into batches, each with its intent before and its outcomes after, over a
 * connection that keeps the limits. The requests' own way is in {@code link}.
 */
@NullMarked
package dev.caravan.delivery;

import org.jspecify.annotations.NullMarked;
