/** {@code caravan demo}: three days of a small business, on a warehouse made with a seed and on the sandbox. */
@NullMarked
package dev.caravan.cli.demo;

import org.jspecify.annotations.NullMarked;
