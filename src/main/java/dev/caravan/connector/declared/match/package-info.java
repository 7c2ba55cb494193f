/** Rows by a search and a write, for APIs without an upsert. */
@NullMarked
package dev.caravan.connector.declared.match;

import org.jspecify.annotations.NullMarked;
