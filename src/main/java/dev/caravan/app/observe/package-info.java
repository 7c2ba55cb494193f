/** What {@code /observe} shows: health checks, and the bridge from what happens in a worker to its metrics. */
@NullMarked
package dev.caravan.app.observe;

import org.jspecify.annotations.NullMarked;
