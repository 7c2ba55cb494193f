/**
 * Misbehaviour on order. A {@link dev.caravan.sandbox.fault.Fault} says which requests, how many of them and what happens
 * to them; {@link dev.caravan.sandbox.fault.Faults} hands each request at most one.
 */
@NullMarked
package dev.caravan.sandbox.fault;

import org.jspecify.annotations.NullMarked;
