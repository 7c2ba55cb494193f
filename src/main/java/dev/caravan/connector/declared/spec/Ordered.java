package dev.caravan.connector.declared.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies maps that keep the file's order. */
final class Ordered {

    private Ordered() {}

    static <K, V> Map<K, V> copy(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
