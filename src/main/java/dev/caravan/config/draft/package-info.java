/**
 * Model and mapping files as written: everything that can be said without the model's schema is checked here, and what
 * needs it keeps its place for later. A part with a reported problem is absent.
 */
@NullMarked
package dev.caravan.config.draft;

import org.jspecify.annotations.NullMarked;
