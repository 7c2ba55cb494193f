/** Files as destinations: what of a batch becomes which rows of a file, and what the answers say of each of them. */
@NullMarked
package dev.caravan.connector.file;

import org.jspecify.annotations.NullMarked;
