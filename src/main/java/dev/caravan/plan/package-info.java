/** What a run would write, row by row, with the verdict of every guard and a hash over it all. */
@NullMarked
package dev.caravan.plan;

import org.jspecify.annotations.NullMarked;
