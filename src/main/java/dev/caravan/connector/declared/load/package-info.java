/**
 * Reads connector.yaml. What it may say is declared once, in the shapes here; what they cannot say (templates, selectors, names that must
 * exist) the readers check. Every mistake is reported at once, each at its place, and nothing that a file says can do harm.
 */
@NullMarked
package dev.caravan.connector.declared.load;

import org.jspecify.annotations.NullMarked;
