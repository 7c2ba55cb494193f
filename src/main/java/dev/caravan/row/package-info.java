/** Typed values, rows and keys: the kernel that everything else speaks. Imports nothing of ours. */
@NullMarked
package dev.caravan.row;

import org.jspecify.annotations.NullMarked;
