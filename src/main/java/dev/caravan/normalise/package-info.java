/**
 * Named ways to bring a text into the form in which a platform compares it, and its hashes. A closed table of pure functions; a
 * pipe such as {@code google.email | sha256.hex} is compiled from text and then used by many threads. The rules are those of the
 * platforms' own documentation and code; what differs between two of them has two names, since a value hashed for one matches
 * nothing at another.
 */
@NullMarked
package dev.caravan.normalise;

import org.jspecify.annotations.NullMarked;
