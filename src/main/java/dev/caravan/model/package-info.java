/** What is read: a query, table or file with a key, its declared columns and its described schema. */
@NullMarked
package dev.caravan.model;

import org.jspecify.annotations.NullMarked;
