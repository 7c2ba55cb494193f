/**
 * What a connector.yaml says, as plain data. The reader has checked it: whoever interprets a {@link
 * dev.caravan.connector.declared.spec.ConnectorSpec} need not check again.
 */
@NullMarked
package dev.caravan.connector.declared.spec;

import org.jspecify.annotations.NullMarked;
