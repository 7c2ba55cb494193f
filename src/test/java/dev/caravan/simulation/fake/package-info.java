/**
 * Stand-ins for the stores of the product, in memory, that a simulation can crash at any commit: the ledger and the engine with the
 * warehouse it reads. Each is proved to be one by what proves the real ones.
 */
@NullMarked
package dev.caravan.simulation.fake;

import org.jspecify.annotations.NullMarked;
