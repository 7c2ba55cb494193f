/**
 * YAML as data with exact places: a safe reader, and cursors that report every mistake once. Nothing here knows what a
 * file means.
 */
@NullMarked
package dev.caravan.yaml;

import org.jspecify.annotations.NullMarked;
