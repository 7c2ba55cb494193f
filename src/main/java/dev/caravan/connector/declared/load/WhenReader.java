package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.template.When;
import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.View;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads for which settings something counts. */
final class WhenReader {

    private final Compiler compiler;
    private final Collection<String> settings;

    /**
     * A reader.
     *
     * @param settings the names of those that may be named
     */
    WhenReader(Compiler compiler, Collection<String> settings) {
        this.compiler = compiler;
        this.settings = settings;
    }

    /** What stands under {@code when}; {@link When#ALWAYS} where nothing does. */
    When when(View view) {
        Map<String, List<String>> when = new LinkedHashMap<>();
        for (Entry entry : view.entries("when")) {
            if (!settings.contains(entry.key())) {
                compiler.report(
                        Code.CONNECTOR_REFERENCE,
                        entry.place(),
                        "no setting '" + entry.key() + "'",
                        Spelling.suggest(entry.key(), settings, "settings: " + String.join(", ", settings)));
            }
            when.put(
                    entry.key(),
                    View.texts(entry.value()).stream().map(Located::value).toList());
        }
        return new When(when);
    }

    /** Reports what of several would leave settings for which none counts, or of which one would never count. */
    void check(List<View> several) {
        for (int i = 0; i < several.size(); i++) {
            View view = several.get(i);
            boolean last = i == several.size() - 1;
            if (last && view.has("when")) {
                compiler.report(
                        Code.CONNECTOR_OPERATION,
                        view.placeOf("when"),
                        "the last one counts where no other does",
                        "leave its 'when' out, or add one without");
            }
            if (!last && !view.has("when")) {
                compiler.report(
                        Code.CONNECTOR_OPERATION,
                        view.place(),
                        "what stands behind this never counts",
                        "say 'when' this counts: settings with their values");
            }
        }
    }
}
