/** What every connector's tests need: a driver without a network, and the contract that all destinations keep. */
@NullMarked
package dev.caravan.destination.kit;

import org.jspecify.annotations.NullMarked;
