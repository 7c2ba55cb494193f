package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.select.Selector;
import java.util.Optional;

/**
 * How an answer says that there is more.
 *
 * @param next what leads on; where it finds nothing the answer is the last
 * @param parameter the query parameter that carries it; empty where it is the address of the next page, of which path and query
 *     are used and the host never
 * @param most after so many pages the rest counts as unread
 */
public record PagesSpec(Selector next, Optional<String> parameter, int most) {}
