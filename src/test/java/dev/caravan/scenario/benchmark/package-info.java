/** A whole worker measured against what a person would type by hand. */
@NullMarked
package dev.caravan.scenario.benchmark;

import org.jspecify.annotations.NullMarked;
