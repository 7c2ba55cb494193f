/**
 * Connectors that are files: {@code connectors/<name>/connector.yaml} read into plain data, and the interpreter that holds a destination's
 * conversations by it. Pure, like every connector; see docs/connectors.md for the format.
 */
@NullMarked
package dev.caravan.connector.declared;

import org.jspecify.annotations.NullMarked;
