/** The port of an engine: it reads, checks and diffs a model against its snapshot, where the rows are. */
@NullMarked
package dev.caravan.source;

import org.jspecify.annotations.NullMarked;
