/** What {@code caravan.yaml} and {@code sandbox.yaml} say: connections with their secrets, state, engine, server, sandbox. */
@NullMarked
package dev.caravan.config.settings;

import org.jspecify.annotations.NullMarked;
