/**
 * Workers killed with SIGKILL at named points of a run, and what the next start makes of what they left. The worker is slim: the
 * product's steps, stores, engine and connector, without routes, configuration and servers.
 */
@NullMarked
package dev.caravan.scenario.kill.point;

import org.jspecify.annotations.NullMarked;
