/**
 * The command line. {@link dev.caravan.cli.Caravan} reads the arguments, a small class a command does one thing, and {@link
 * dev.caravan.cli.Desk} is what they share. Answers go to stdout, as text or as exactly one JSON object; everything else goes to
 * stderr.
 */
@NullMarked
package dev.caravan.cli;

import org.jspecify.annotations.NullMarked;
