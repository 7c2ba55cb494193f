/** A run without Camel: the product's own steps, and what they need of a mapping and of described objects. */
@NullMarked
package dev.caravan.scenario.steps;

import org.jspecify.annotations.NullMarked;
