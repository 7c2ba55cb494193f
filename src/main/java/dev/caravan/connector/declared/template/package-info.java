/**
 * Texts and JSON trees with holes, filled from a batch. Compiled when a connector is loaded, where also is checked what each may name. What
 * a warehouse cell holds ends as one JSON value, one encoded path segment, one encoded parameter or one CSV cell: it is never parsed again.
 */
@NullMarked
package dev.caravan.connector.declared.template;

import org.jspecify.annotations.NullMarked;
