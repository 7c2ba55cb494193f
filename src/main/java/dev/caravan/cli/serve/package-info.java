/** Commands that stay: the worker, the sandbox, the demo. */
@NullMarked
package dev.caravan.cli.serve;

import org.jspecify.annotations.NullMarked;
