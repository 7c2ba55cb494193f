/** What became of inserts whose answers were lost, found out by a search for their keys. */
@NullMarked
package dev.caravan.connector.declared.readback;

import org.jspecify.annotations.NullMarked;
