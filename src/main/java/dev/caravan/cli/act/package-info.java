/** Commands that change something: they run, decide, pause, forget. */
@NullMarked
package dev.caravan.cli.act;

import org.jspecify.annotations.NullMarked;
