package dev.caravan.yaml.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All blocks that a shape holds, each once, the outer before the inner. */
public final class Blocks {

    private Blocks() {}

    /** The block and all below it. */
    public static List<BlockShape> all(BlockShape root) {
        Map<String, BlockShape> found = new LinkedHashMap<>();
        collect(root, found);
        return new ArrayList<>(found.values());
    }

    private static void collect(BlockShape block, Map<String, BlockShape> found) {
        if (found.putIfAbsent(block.id(), block) == null) {
            block.keys().forEach(key -> collect(key.shape(), found));
            block.others().ifPresent(other -> collect(other, found));
        }
    }

    private static void collect(Shape shape, Map<String, BlockShape> found) {
        switch (shape) {
            case Shape.Inside inside -> collect(inside.block().get(), found);
            case Shape.Items items -> collect(items.item(), found);
            case Shape.OneOrMore more -> collect(more.item(), found);
            case Shape.Names names -> collect(names.value(), found);
            case Shape.Either either -> either.shapes().forEach(one -> collect(one, found));
            case Shape.Tagged tagged ->
                tagged.blocks().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(one -> collect(one.getValue(), found));
            case Shape.All all -> all.shapes().forEach(one -> collect(one, found));
            case Shape.Worded worded -> collect(worded.shape(), found);
            case Shape.Single single -> {}
        }
    }
}
