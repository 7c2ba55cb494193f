/** A workspace that this process owns: lock, worker, local API, health and metrics put together. */
@NullMarked
package dev.caravan.app.owner;

import org.jspecify.annotations.NullMarked;
