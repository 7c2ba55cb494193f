/**
 * Marketo's lead database: it answers 200 whatever happened, and says in the body what did. Results and the reasons of skipped
 * rows follow recorded exchanges; the codes of refused requests rest on documentation.
 */
@NullMarked
package dev.caravan.sandbox.marketo;

import org.jspecify.annotations.NullMarked;
