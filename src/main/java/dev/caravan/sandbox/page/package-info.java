/** Pages that show a person what each destination now holds. Plain HTML, made on the server; no script and nothing fetched. */
@NullMarked
package dev.caravan.sandbox.page;

import org.jspecify.annotations.NullMarked;
