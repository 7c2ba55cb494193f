package dev.caravan.config.check;

import dev.caravan.config.draft.SourceDraft;
import dev.caravan.config.field.Compilation;
import dev.caravan.config.field.Expressions;
import dev.caravan.config.field.KnownColumns;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Lookup;
import dev.caravan.normalise.Normaliser;
import dev.caravan.problem.Code;
import dev.caravan.row.ValueCodec;
import dev.caravan.row.ValueType;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import java.util.Optional;

/** Makes what fills a field: columns exist, expressions compile. */
final class SourceAssembly {

    private final KnownColumns columns;
    private final ColumnNames names;
    private final Expressions expressions;
    private final Findings findings;

    SourceAssembly(KnownColumns columns, Findings findings) {
        this.columns = columns;
        this.names = new ColumnNames(columns, findings);
        this.expressions = new Expressions(columns);
        this.findings = findings;
    }

    Optional<FieldSource> assemble(SourceDraft draft) {
        return switch (draft) {
            case SourceDraft.Column column ->
                names.exists(column.name())
                        ? Optional.of(new FieldSource.Column(column.name().value()))
                        : Optional.empty();
            case SourceDraft.Constant constant -> Optional.of(new FieldSource.Constant(constant.value()));
            case SourceDraft.Cel cel -> compiled(cel);
            case SourceDraft.LookedUp lookedUp ->
                assemble(lookedUp.of())
                        .map(of -> new FieldSource.LookedUp(of, new Lookup(lookedUp.object(), lookedUp.field())));
            case SourceDraft.Normalising normalising ->
                assemble(normalising.of()).flatMap(of -> normalising(normalising, of));
        };
    }

    private Optional<FieldSource> normalising(SourceDraft.Normalising draft, FieldSource of) {
        Optional<ValueType> type = type(of);
        if (type.isPresent() && !readable(type.get(), draft.normaliser())) {
            findings.report(
                    Code.MODEL_COLUMN_TYPE,
                    draft.place(),
                    "'normalise' needs text, this is " + Scalars.wordOf(type.get()),
                    "cast it to text in the model, or declare the column as text");
            return Optional.empty();
        }
        if (draft.country().isPresent() && !names.exists(draft.country().get())) {
            return Optional.empty();
        }
        return Optional.of(new FieldSource.Normalising(
                of, draft.normaliser(), draft.hashed(), draft.country().map(Located::value)));
    }

    /** Whole numbers have one writing; a number with a point or an exponent was a number of something else. */
    private static boolean readable(ValueType type, Normaliser normaliser) {
        return type == ValueType.TEXT
                || type == ValueType.INTEGER
                || (type == ValueType.DATE && normaliser.text().startsWith("meta.dob"));
    }

    private Optional<FieldSource> compiled(SourceDraft.Cel cel) {
        return switch (expressions.compile(cel.text().text())) {
            case Compilation.Done done -> Optional.of(done.source());
            case Compilation.Wrong wrong -> {
                wrong.problems()
                        .forEach(problem -> findings.report(
                                problem.code(),
                                cel.text().placeAt(problem.offset()),
                                problem.message(),
                                problem.suggestion()));
                yield Optional.empty();
            }
        };
    }

    /** The type of what a source yields, where it is known. */
    Optional<ValueType> type(FieldSource source) {
        return switch (source) {
            case FieldSource.Column column -> columns.type(column.column());
            case FieldSource.Constant constant -> Optional.of(ValueCodec.typeOf(constant.value()));
            case FieldSource.Computed computed -> computed.type();
            case FieldSource.Composite composite -> Optional.empty();
            case FieldSource.LookedUp lookedUp -> Optional.empty();
            case FieldSource.Normalising normalising -> Optional.of(ValueType.TEXT);
        };
    }
}
