/**
 * A workspace's files, read into validated domain records: every problem of every file at once, each at its exact place.
 * Start at {@link dev.caravan.config.Workspace}.
 */
@NullMarked
package dev.caravan.config;

import org.jspecify.annotations.NullMarked;
