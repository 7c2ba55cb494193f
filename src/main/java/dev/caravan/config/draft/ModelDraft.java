package dev.caravan.config.draft;

import dev.caravan.model.Model;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model as written, in a mapping or in a file of its own.
 *
 * @param model what can be described and read; absent when its connection or reading has a problem
 * @param key the key columns, none if they could not be read
 * @param columns the declared columns that could be read
 * @param undecided columns whose declaration has a problem
 * @param findings what is wrong with it, reported once however many mappings share it
 */
public record ModelDraft(
        Optional<Model> model,
        List<Located<String>> key,
        List<Located<String>> columns,
        Set<String> undecided,
        Optional<Located<String>> watermark,
        Findings findings) {

    public ModelDraft {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        undecided = Set.copyOf(undecided);
    }
}
