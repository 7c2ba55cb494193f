/** What an object's fields are, and which values they take. */
@NullMarked
package dev.caravan.connector.declared.describe;

import org.jspecify.annotations.NullMarked;
