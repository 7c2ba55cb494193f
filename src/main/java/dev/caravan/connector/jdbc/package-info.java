/**
 * Databases as destinations: PostgreSQL, MySQL and MariaDB, DuckDB. One transaction a batch, one outcome a row. Pure conversations, no
 * I/O; what was tried against which server stands in the connectors' READMEs.
 */
@NullMarked
package dev.caravan.connector.jdbc;

import org.jspecify.annotations.NullMarked;
