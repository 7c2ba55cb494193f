/**
 * What a connection may still send: each limit one small object that is told what goes out and what came back. They know a monotonic
 * clock and no thread ever waits in them; the decorators of {@code link} do the waiting. Thread-safe all of them. Invariant I11.
 */
@NullMarked
package dev.caravan.delivery.limit;

import org.jspecify.annotations.NullMarked;
