package dev.caravan.config;

import dev.caravan.config.draft.MappingShapes;
import dev.caravan.config.draft.ModelShapes;
import dev.caravan.config.settings.CaravanShapes;
import dev.caravan.config.settings.Catalogue;
import dev.caravan.config.settings.SandboxShapes;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.JsonSchema;
import java.util.Locale;

/** The kinds of files of a workspace, each with what it may say. */
public enum WorkspaceFile {
    CARAVAN("caravan.yaml", "The connections and settings of a workspace of Caravan"),
    MAPPING("mappings/**/*.yaml", "A mapping of Caravan"),
    MODEL("models/**/*.yaml", "A model that several mappings of Caravan name"),
    SANDBOX("sandbox.yaml", "What the sandbox of Caravan holds");

    private final String files;
    private final String title;

    WorkspaceFile(String files, String title) {
        this.files = files;
        this.title = title;
    }

    /** The kind of this name. */
    public static WorkspaceFile of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Its name in commands. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Which files of a workspace are of this kind, as a pattern of paths. */
    public String files() {
        return files;
    }

    /** What such a file may say, where connections are on these connectors. */
    public BlockShape shape(Catalogue connectors) {
        return switch (this) {
            case CARAVAN -> CaravanShapes.file(connectors);
            case MAPPING -> MappingShapes.MAPPING;
            case MODEL -> ModelShapes.MODEL;
            case SANDBOX -> SandboxShapes.FILE;
        };
    }

    /** Its JSON Schema, made from the declarations that check the file; indented, with a line end. */
    public String schema(Catalogue connectors) {
        return JsonSchema.of(title, shape(connectors)).toPrettyString() + "\n";
    }
}
