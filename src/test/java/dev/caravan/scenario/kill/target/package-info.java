/**
 * Workers killed with SIGKILL while they deliver to tables, files, topics and declared connectors, and what the next start makes of what
 * they left. What dies is slim and reads a real workspace; what goes on there is a whole worker, with its routes.
 */
@NullMarked
package dev.caravan.scenario.kill.target;

import org.jspecify.annotations.NullMarked;
