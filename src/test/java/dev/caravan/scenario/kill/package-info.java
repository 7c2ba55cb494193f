/** Workers killed with SIGKILL in the middle of a delivery, and what the next start makes of what they left. */
@NullMarked
package dev.caravan.scenario.kill;

import org.jspecify.annotations.NullMarked;
