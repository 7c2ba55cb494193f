package dev.caravan.sandbox.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What one API holds.
 *
 * @param name as paths have it
 * @param title as people have it
 * @param counts records by object
 * @param records all records of an object, oldest first
 */
public record Holding(
        String name, String title, Map<String, Integer> counts, Function<String, List<ObjectNode>> records) {}
