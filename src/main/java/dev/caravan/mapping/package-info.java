/** How rows become destination fields: rules, expressions, targets and the destination's described schema. Pure. */
@NullMarked
package dev.caravan.mapping;

import org.jspecify.annotations.NullMarked;
