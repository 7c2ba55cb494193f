/** Answers as people read them. */
@NullMarked
package dev.caravan.cli.text;

import org.jspecify.annotations.NullMarked;
