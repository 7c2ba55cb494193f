/**
 * Caravan's local stand-in for destination APIs: a real HTTP server on 127.0.0.1 with state one can look at and faults one
 * can order.
 *
 * <p>{@link dev.caravan.sandbox.Sandbox} starts it. What a workspace may declare is in {@code spec}, the shared server in
 * {@code http}, the ordered misbehaviour in {@code fault}; each API has a package of its own. Nothing here is durable: a
 * sandbox lives as long as its process. Time is read from the sandbox's own clock, and this is the one part of the product
 * that may sleep, because it imitates a network.
 */
@NullMarked
package dev.caravan.sandbox;

import org.jspecify.annotations.NullMarked;
