/** Every declared connector through the routes, real HTTP and the sandbox with its traps. */
@NullMarked
package dev.caravan.scenario.declared;

import org.jspecify.annotations.NullMarked;
