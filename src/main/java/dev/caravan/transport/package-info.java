/** The port that sends one request of one connection and says truly what became of it. */
@NullMarked
package dev.caravan.transport;

import org.jspecify.annotations.NullMarked;
