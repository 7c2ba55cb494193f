/**
 * The port {@code Transport} met by Camel. For Salesforce: camel-salesforce's {@code raw} operation carries every request, its
 * session parses and holds the token, and what the component would do by itself beside that is switched off here.
 */
@NullMarked
package dev.caravan.transport.camel;

import org.jspecify.annotations.NullMarked;
