/** Rows by requests that answer for them at once. */
@NullMarked
package dev.caravan.connector.declared.batch;

import org.jspecify.annotations.NullMarked;
