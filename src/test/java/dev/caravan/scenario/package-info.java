/** Whole runs: real routes, real stores, the sandbox over real HTTP. */
@NullMarked
package dev.caravan.scenario;

import org.jspecify.annotations.NullMarked;
