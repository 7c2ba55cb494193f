/** The steps that the routes name, one small class each: take the run from the exchange, call what knows, note what came of it. */
@NullMarked
package dev.caravan.pipeline;

import org.jspecify.annotations.NullMarked;
