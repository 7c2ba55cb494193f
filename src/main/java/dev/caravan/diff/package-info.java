/** The difference between a model and a snapshot, one key at a time. */
@NullMarked
package dev.caravan.diff;

import org.jspecify.annotations.NullMarked;
