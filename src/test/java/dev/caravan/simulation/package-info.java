/**
 * The real steps, delivery and recovery on a virtual clock, one thread at a time in an order that a seed decides, against models of
 * destinations of each idempotency class that do everything a network and a server may do. Crashes, stalls and clock jumps included. An
 * oracle holds the invariants of {@code docs/invariants.md} against what happened.
 */
@org.jspecify.annotations.NullMarked
package dev.caravan.simulation;
