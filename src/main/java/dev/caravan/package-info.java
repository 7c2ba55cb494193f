/** Caravan: a reverse-ETL sync worker in which every write is planned, guarded, accounted for and explainable. */
@NullMarked
package dev.caravan;

import org.jspecify.annotations.NullMarked;
