/** Who owns a workspace: one process at a time, found by the others through {@code state/worker.lock}. */
@NullMarked
package dev.caravan.app.lock;

import org.jspecify.annotations.NullMarked;
