/** Rows by staged jobs: made, remembered, filled, started, asked about, and their results read. */
@NullMarked
package dev.caravan.connector.declared.job;

import org.jspecify.annotations.NullMarked;
