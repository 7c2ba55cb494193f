package dev.caravan.connector.declared.load;

import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All blocks that a shape holds, each once, the outer before the inner. */
final class Blocks {

    private Blocks() {}

    static List<BlockShape> all(BlockShape root) {
        Map<String, BlockShape> found = new LinkedHashMap<>();
        collect(root, found);
        return new ArrayList<>(found.values());
    }

    private static void collect(BlockShape block, Map<String, BlockShape> found) {
        if (found.putIfAbsent(block.id(), block) == null) {
            block.keys().forEach(key -> collect(key.shape(), found));
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
            case Shape.Text text -> {}
            case Shape.Like like -> {}
            case Shape.Scalar scalar -> {}
            case Shape.Words words -> {}
            case Shape.Flag flag -> {}
            case Shape.Whole whole -> {}
            case Shape.Amount amount -> {}
            case Shape.Anything any -> {}
        }
    }
}
