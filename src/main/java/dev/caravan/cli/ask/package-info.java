/** Commands that only look. */
@NullMarked
package dev.caravan.cli.ask;

import org.jspecify.annotations.NullMarked;
