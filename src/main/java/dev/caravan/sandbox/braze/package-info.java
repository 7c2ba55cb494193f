/**
 * Braze's user endpoints: a mixed body of at most 75 objects, 201 with what was not taken in {@code errors}, and windows whose
 * end is a moment. Success and headers are recorded; errors rest on documentation.
 */
@NullMarked
package dev.caravan.sandbox.braze;

import org.jspecify.annotations.NullMarked;
