/** What the destination last accepted of each key. */
@NullMarked
package dev.caravan.snapshot;

import org.jspecify.annotations.NullMarked;
