/** What must hold of a model's rows, and what broke it. */
@NullMarked
package dev.caravan.contract;

import org.jspecify.annotations.NullMarked;
