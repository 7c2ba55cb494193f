/** What is wrong, where, and what to do: coded problems and the few exceptions that carry them. Imports nothing of ours. */
@NullMarked
package dev.caravan.problem;

import org.jspecify.annotations.NullMarked;
