/**
 * Everything a person or a program is told, as JSON: the command line prints it, the local API answers it and its client reads it
 * back, so that a command prints the same whether it works in process or goes through the owner. Values keep what can be seen of
 * them, not their type: a decimal 5 comes back as the integer 5.
 */
@NullMarked
package dev.caravan.app.json;

import org.jspecify.annotations.NullMarked;
