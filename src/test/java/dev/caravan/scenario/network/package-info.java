/** Deliveries over a network that breaks: the real transport and protocol, a proxy that spoils one request, the sandbox. */
@NullMarked
package dev.caravan.scenario.network;

import org.jspecify.annotations.NullMarked;
