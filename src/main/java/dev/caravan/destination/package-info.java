/** The SPI of connectors: pure conversations that describe, deliver and account for every row. */
@NullMarked
package dev.caravan.destination;

import org.jspecify.annotations.NullMarked;
