/** What is done daily so that the ledger stays short and keeps no value longer than it may. */
@NullMarked
package dev.caravan.upkeep;

import org.jspecify.annotations.NullMarked;
