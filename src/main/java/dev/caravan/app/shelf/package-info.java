/** Snapshots on storage that several workers share: immutable files, one an epoch, of which the newest counts. */
@NullMarked
package dev.caravan.app.shelf;

import org.jspecify.annotations.NullMarked;
