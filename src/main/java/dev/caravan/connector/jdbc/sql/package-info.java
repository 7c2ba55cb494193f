/** What databases differ in: their SQL, their types, their errors. Pure text; nothing here reaches a database. */
@NullMarked
package dev.caravan.connector.jdbc.sql;

import org.jspecify.annotations.NullMarked;
