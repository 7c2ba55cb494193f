/** A connector's examples: rows, what is sent for them, what is answered, and what that means. They are played by the build and on request. */
@NullMarked
package dev.caravan.connector.declared.example;

import org.jspecify.annotations.NullMarked;
