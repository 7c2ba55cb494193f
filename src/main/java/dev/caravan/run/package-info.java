/** A run, its states and its accounting. */
@NullMarked
package dev.caravan.run;

import org.jspecify.annotations.NullMarked;
