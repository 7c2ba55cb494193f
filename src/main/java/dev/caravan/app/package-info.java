/** The worker as a whole: wiring, the clock, the local API, and the operations that command line and API offer. */
@NullMarked
package dev.caravan.app;

import org.jspecify.annotations.NullMarked;
