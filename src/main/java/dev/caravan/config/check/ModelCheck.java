package dev.caravan.config.check;

import dev.caravan.config.draft.ModelDraft;
import dev.caravan.config.field.KnownColumns;
import dev.caravan.model.Model;
import dev.caravan.model.ModelSchema;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Problem;
import dev.caravan.row.ValueType;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds models against their schemas, each once however many mappings share it. */
public final class ModelCheck {

    private final SchemaLookup lookup;
    private final IdentityHashMap<ModelDraft, KnownColumns> checked = new IdentityHashMap<>();
    private final List<String> notes = new ArrayList<>();

    public ModelCheck(SchemaLookup lookup) {
        this.lookup = lookup;
    }

    /** What could not be checked, and why. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** The columns of a model, after what is wrong with its own use of them was reported. */
    public KnownColumns columns(ModelDraft draft) {
        return checked.computeIfAbsent(draft, this::check);
    }

    private KnownColumns check(ModelDraft draft) {
        Optional<ModelSchema> schema = draft.model().flatMap(model -> schema(model, draft.findings()));
        KnownColumns columns = new KnownColumns(schema, draft.undecided());
        ColumnNames names = new ColumnNames(columns, draft.findings());
        draft.key().stream().filter(names::exists).forEach(key -> comparable(names, key));
        draft.columns().forEach(names::exists);
        draft.watermark().filter(names::exists).ifPresent(watermark -> time(names, watermark));
        return columns;
    }

    private static void comparable(ColumnNames names, Located<String> key) {
        names.mustBe(
                key.value(),
                key.place(),
                Stream.of(ValueType.values())
                        .filter(type -> type != ValueType.JSON)
                        .toList(),
                "a key is one plain value");
    }

    private static void time(ColumnNames names, Located<String> watermark) {
        names.mustBe(
                watermark.value(),
                watermark.place(),
                List.of(ValueType.TIMESTAMP, ValueType.TIMESTAMPTZ, ValueType.DATE),
                "a watermark is a date or timestamp");
    }

    private Optional<ModelSchema> schema(Model model, Findings findings) {
        try {
            Optional<ModelSchema> schema = lookup.columns(model);
            if (schema.isEmpty()) {
                notes.add(model.place() + " columns not checked: the model's schema is not known yet");
            }
            return schema;
        } catch (InvalidInput e) {
            e.problems().forEach(problem -> findings.report(placed(problem, model)));
        } catch (EnvironmentFailure e) {
            String reason = e.problems().getFirst().message();
            notes.add(model.place() + " columns not checked: " + reason);
        }
        return Optional.empty();
    }

    private static Problem placed(Problem problem, Model model) {
        return problem.place() != null
                ? problem
                : Problem.at(problem.code(), model.place(), problem.message(), problem.suggestion());
    }
}
