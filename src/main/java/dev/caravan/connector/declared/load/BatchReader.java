package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.spec.Nulls;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.connector.declared.template.Root;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.View;
import java.util.Optional;

/** Reads how many rows go together, and as what a null goes. */
final class BatchReader {

    private static final BatchSpec ONE = new BatchSpec(1, 0, 0, Optional.empty(), Optional.empty());

    private final TemplateReader templates;

    BatchReader(TemplateReader templates) {
        this.templates = templates;
    }

    BatchSpec batch(View view, Ground about) {
        Ground row = about.with(Root.ROW, Root.ROW_FIELD);
        return view.block("batch")
                .map(batch -> new BatchSpec(
                        (int) batch.whole("rows", 1),
                        batch.size("bytes"),
                        batch.size("row_bytes"),
                        templates.text(batch, "group_by", row.with(Root.BATCH)),
                        templates.text(batch, "distinct", row)))
                .orElse(ONE);
    }

    Nulls nulls(View view) {
        if (view.block("nulls").isPresent()) {
            return new Nulls.Token(view.block("nulls")
                    .flatMap(token -> token.node("token"))
                    .filter(YamlNode.Scalar.class::isInstance)
                    .map(node -> ((YamlNode.Scalar) node).text())
                    .orElse(""));
        }
        return switch (view.text("nulls", "json_null")) {
            case "omit" -> new Nulls.Omit();
            case "empty_string" -> new Nulls.EmptyText();
            case "refuse" -> new Nulls.Refuse();
            default -> new Nulls.JsonNull();
        };
    }
}
