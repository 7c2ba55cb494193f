package dev.caravan.config.check;

import dev.caravan.config.draft.FieldDraft;
import dev.caravan.config.draft.MappingDraft;
import dev.caravan.config.draft.ModelDraft;
import dev.caravan.config.draft.SourceDraft;
import dev.caravan.config.draft.TargetDraft;
import dev.caravan.config.draft.TargetDraft.KeyPart;
import dev.caravan.config.settings.Connections;
import dev.caravan.model.Model;
import dev.caravan.model.Reading;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Located;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A column of hashes feeds one platform alone: each has rules of its own for what is hashed, and a hash made by those of another matches
 * nobody. As with {@link Ownership}, the problem stands at the later file and neither mapping is used.
 */
public final class HashedColumns {

    /** They keep what they are given, and match nobody by it. */
    private static final Set<String> STORES = Set.of("duckdb", "files", "postgres", "mysql", "kafka");

    private final Connections connections;
    private final Map<Hashes, Served> served = new HashMap<>();
    private final Set<String> conflicting = new HashSet<>();

    private HashedColumns(Connections connections) {
        this.connections = connections;
    }

    /** A column of what is read, whichever mapping reads it. */
    private record Hashes(String connection, Reading reading, String column) {}

    private record Served(MappingDraft draft, String connector) {}

    /** Reports conflicts between drafts, given in file order. Returns the names of all mappings that are in one. */
    public static Set<String> check(
            List<MappingDraft> drafts, Function<MappingDraft, Optional<ModelDraft>> models, Connections connections) {
        HashedColumns check = new HashedColumns(connections);
        for (MappingDraft draft : drafts) {
            check.platform(draft)
                    .ifPresent(platform -> models.apply(draft)
                            .flatMap(ModelDraft::model)
                            .ifPresent(model -> sources(draft)
                                    .flatMap(source -> hashed(source).stream())
                                    .forEach(column -> check.serve(new Served(draft, platform), model, column))));
        }
        return Set.copyOf(check.conflicting);
    }

    private Optional<String> platform(MappingDraft draft) {
        return draft.target()
                .flatMap(TargetDraft::connection)
                .flatMap(name -> connections.find(name.value()))
                .map(connection -> connection.connector().name())
                .filter(name -> !STORES.contains(name));
    }

    private static Stream<SourceDraft> sources(MappingDraft draft) {
        return Stream.concat(
                        draft.target().stream()
                                .flatMap(target -> target.key().stream())
                                .map(KeyPart::source),
                        draft.fields().stream().map(FieldDraft::source))
                .flatMap(Optional::stream);
    }

    private static Optional<Located<String>> hashed(SourceDraft source) {
        return source instanceof SourceDraft.Normalising normalising
                        && normalising.hashed()
                        && normalising.of() instanceof SourceDraft.Column column
                ? Optional.of(column.name())
                : Optional.empty();
    }

    private void serve(Served mine, Model model, Located<String> column) {
        Hashes hashes =
                new Hashes(model.connection(), model.reading(), column.value().toLowerCase(Locale.ROOT));
        Optional<Served> first = Optional.ofNullable(served.putIfAbsent(hashes, mine));
        first.filter(other -> !other.connector().equals(mine.connector())).ifPresent(other -> {
            conflicting.add(mine.draft().name());
            conflicting.add(other.draft().name());
            mine.draft()
                    .findings()
                    .report(
                            Code.NORMALISE_HASHED,
                            column.place(),
                            "the hashes of column '" + column.value() + "' go to " + other.connector() + " too, by '"
                                    + other.draft().name() + "'",
                            "give each platform a column that is hashed by its own rules, or map the plain column with"
                                    + " the normaliser of each");
        });
    }
}
