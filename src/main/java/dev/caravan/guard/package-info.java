/** Rules that may allow a plan, drop a field, hold rows or hold the plan. All are judged before the first write. */
@NullMarked
package dev.caravan.guard;

import org.jspecify.annotations.NullMarked;
