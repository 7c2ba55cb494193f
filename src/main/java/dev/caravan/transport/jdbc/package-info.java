/**
 * Transactions to databases through their drivers: one a request, with an end that is known for certain unless the connection is lost in
 * the middle of a commit.
 */
@NullMarked
package dev.caravan.transport.jdbc;

import org.jspecify.annotations.NullMarked;
