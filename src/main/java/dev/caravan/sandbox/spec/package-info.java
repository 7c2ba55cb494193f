/**
 * What a workspace declares in {@code sandbox.yaml}, as plain records. Whoever reads the file builds these; the sandbox
 * only consumes them and trusts that they were checked.
 */
@NullMarked
package dev.caravan.sandbox.spec;

import org.jspecify.annotations.NullMarked;
