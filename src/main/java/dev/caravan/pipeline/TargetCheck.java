package dev.caravan.pipeline;

import dev.caravan.delivery.DeliveryReport.Halt;
import dev.caravan.delivery.Driven;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Described;
import dev.caravan.destination.Destination;
import dev.caravan.destination.TargetIdentity;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.model.Column;
import dev.caravan.model.ModelSchema;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import dev.caravan.problem.Spelling;
import dev.caravan.row.ValueCodec;
import dev.caravan.row.ValueType;
import dev.caravan.transport.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a mapping and a destination belong together: the account, the object, its fields and their types. */
final class TargetCheck {

    private final Mapping mapping;
    private final Target target;

    TargetCheck(Mapping mapping) {
        this.mapping = mapping;
        this.target = mapping.target();
    }

    /** The identity that a log-in's answer speaks for. */
    TargetIdentity identity(Destination destination, Reply login) {
        return switch (login) {
            case Reply.Answer answer ->
                destination
                        .account(answer)
                        .map(account -> new TargetIdentity(account, target.object(), target.keyField()))
                        .orElseThrow(() -> new RunFailure(Problem.of(
                                Code.DESTINATION_ANSWER,
                                "the log-in of " + target.connection() + " was answered and names no account",
                                "check the connection's login_url and credentials")));
            case Reply.NotSent notSent -> throw LogInFailure.of(target.connection(), notSent);
            case Reply.Lost lost -> throw LogInFailure.of(target.connection(), lost);
        };
    }

    /** Another account under an old state writes nothing, and neither does a file that names another object since. */
    void sameAs(Optional<String> before, TargetIdentity now) {
        if (before.isPresent() && !before.get().equals(now.text())) {
            String account = now.account() + "/";
            if (before.get().startsWith(account)) {
                throw edited(
                        before.get().substring(account.length()), now.text().substring(account.length()));
            }
            throw new InvalidInput(Problem.at(
                    Code.TARGET_IDENTITY,
                    target.place(),
                    mapping.id() + " was synced to " + before.get() + ", and the connection now answers as "
                            + now.text(),
                    "use another state folder for this environment, or caravan reset " + mapping.id()));
        }
    }

    private InvalidInput edited(String before, String now) {
        return new InvalidInput(Problem.at(
                Code.TARGET_IDENTITY,
                target.place(),
                mapping.id() + " was synced to " + before + ", and the file names " + now
                        + " now; the account is the same",
                "put it back, or give the other object a mapping of its own; caravan reset " + mapping.id()
                        + " forgets what was synced, and leaves what was written as it is"));
    }

    /** The description, or why there is none. */
    TargetSchema described(Driven<Described> driven) {
        return switch (driven) {
            case Driven.Finished<Described> finished -> schema(finished.result());
            case Driven.LeftOpen<Described> open -> throw stopped(open.reason());
        };
    }

    /** A run that ends because nothing more may be sent, {@code stopped} or {@code paused} for instance. */
    static RunFailure stopped(String reason) {
        return new RunFailure(
                switch (reason) {
                    case "paused" ->
                        Problem.of(
                                Code.RUN_PAUSED,
                                "it was paused before it was planned to the end",
                                "caravan status says by whom, and caravan resume lets it go on");
                    case LeaseWatch.REASON, Holds.UNKNOWN -> Halts.problem(new Halt(reason, ""));
                    default ->
                        Problem.of(Code.RUN_STOPPED, "the worker was told to stop", "the next run takes up the rest");
                });
    }

    static EnvironmentFailure stillOpen(String reason) {
        return new EnvironmentFailure(Problem.of(
                Code.DESTINATION_JOB,
                "a staged job of an earlier run has no end yet: " + reason,
                "nothing was sent; the next run asks again"));
    }

    private TargetSchema schema(Described answer) {
        return switch (answer) {
            case Described.Schema described -> described.schema();
            case Described.Failed failed -> {
                Problem problem = failed.problem();
                if (failed.retryable()) {
                    throw new EnvironmentFailure(problem);
                }
                throw new InvalidInput(
                        Problem.at(problem.code(), target.place(), problem.message(), problem.suggestion()));
            }
        };
    }

    /** What the mapping asks for is among what the destination can do there. */
    private void possible(Capabilities can) {
        Set<Action> missing = can.missing(target);
        if (!missing.isEmpty()) {
            boolean saving = missing.contains(can.saving(target.operation()));
            String asked =
                    saving ? "operation: " + word(target.operation()) : "on_removed: " + word(target.onRemoved());
            throw new InvalidInput(Problem.at(
                    Code.TARGET_OPERATION,
                    target.place(),
                    "'" + asked + "' is not possible with " + target.object() + " of " + target.connection(),
                    saving ? "use operation: " + words(can.operations()) : "use on_removed: " + words(can.removals())));
        }
    }

    private static String words(Set<? extends Enum<?>> words) {
        return words.stream().map(TargetCheck::word).collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** Every field exists, may be written and can take what is mapped to it. */
    void fits(Destination destination, TargetSchema schema, ModelSchema columns) {
        Capabilities can = destination.capabilities(target.object());
        possible(can);
        List<Problem> problems = new ArrayList<>();
        keyProblem(schema).ifPresent(problems::add);
        hashed(destination, target.keyField(), target.keySource(), target.keyPlace())
                .ifPresent(problems::add);
        repeated(destination, can, schema).ifPresent(problems::add);
        for (FieldRule rule : mapping.fields().rules()) {
            Optional<TargetField> field = schema.field(rule.field());
            if (field.isEmpty()) {
                problems.add(unknown(schema, rule.place(), rule.field()));
            } else if (!writable(field.get())) {
                problems.add(problem(
                        Code.TARGET_FIELD_READ_ONLY,
                        rule.place(),
                        rule.field(),
                        "cannot be written",
                        "take it out of fields, or give the integration user the right to it"));
            } else {
                hashed(destination, rule.field(), rule.source(), rule.place()).ifPresent(problems::add);
                exposed(destination, rule).ifPresent(problems::add);
                typeOf(rule.source(), columns)
                        .flatMap(type -> destination.mismatch(field.get(), type))
                        .ifPresent(why -> problems.add(problem(
                                Code.TARGET_FIELD_TYPE, rule.place(), rule.field(), why, "map a value of its type")));
            }
        }
        problems.addAll(unfilled(schema));
        problems.addAll(unanswerable(destination));
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems);
        }
    }

    /** Look-ups that the destination cannot be asked. */
    private List<Problem> unanswerable(Destination destination) {
        return mapping.lookups().entrySet().stream()
                .filter(each -> destination
                        .identify(each.getValue().object(), each.getValue().field(), List.of())
                        .isEmpty())
                .map(each -> Problem.at(
                        Code.TARGET_LOOKUP,
                        mapping.fields()
                                .rule(each.getKey())
                                .map(FieldRule::place)
                                .orElse(target.keyPlace()),
                        "records cannot be looked up by " + each.getValue(),
                        "see the connector's README for what it can look up, or bring the id along in the model"))
                .toList();
    }

    /** A field that holds a platform's hashes takes those alone: what is hashed otherwise, or not at all, matches nobody there. */
    private Optional<Problem> hashed(Destination destination, String field, FieldSource source, Place place) {
        return destination
                .hashes(target.object(), field)
                .filter(wanted -> !(source instanceof FieldSource.Normalising made
                        && (made.hashed()
                                ? made.normaliser().hashesLike(wanted)
                                : made.normaliser().writesLike(wanted))))
                .map(wanted -> problem(
                        Code.TARGET_FIELD_TYPE,
                        place,
                        field,
                        "holds hashes of its platform",
                        "write normalise: " + wanted.text() + ", or hashed: true where the column holds them already"));
    }

    /** Personal data that nothing would hash. */
    private Optional<Problem> exposed(Destination destination, FieldRule rule) {
        return destination.exposes(target.object(), rule.field(), rule.pii())
                ? Optional.of(problem(
                        Code.TARGET_FIELD_EXPOSED,
                        rule.place(),
                        rule.field(),
                        "would carry personal data in the open",
                        "map it to the field that the connector has for it, or leave it out"))
                : Optional.empty();
    }

    /** What the destination wants of a new record and the mapping never fills: every add would be refused. */
    private List<Problem> unfilled(TargetSchema schema) {
        if (!creates()) {
            return List.of();
        }
        return schema.fields().stream()
                .filter(field -> field.requiredOnCreate()
                        && !target.key().fields().contains(field.name())
                        && !filled(field.name()))
                .map(field -> problem(
                        Code.TARGET_FIELD_REQUIRED,
                        target.place(),
                        field.name(),
                        "is needed to create a record, and nothing fills it",
                        "map " + field.name() + ", or use operation: update, which creates none"))
                .toList();
    }

    /** Whether it makes records, which have required fields; members and the records of an update are there. */
    private boolean creates() {
        return switch (target.operation()) {
            case UPSERT, INSERT, MIRROR, APPEND, ADD -> true;
            case UPDATE, REMOVE -> false;
        };
    }

    private boolean filled(String field) {
        return mapping.fields()
                .rule(field)
                .map(rule -> !(rule.source() instanceof FieldSource.Constant constant
                        && constant.value().isEmpty()))
                .orElse(false);
    }

    /** What a second request would add to what is there. */
    private Optional<Problem> repeated(Destination destination, Capabilities can, TargetSchema schema) {
        Action action = can.saving(target.operation());
        Batch none = new Batch(action, false, target.object(), target.key(), schema, List.of());
        return switch (destination.idempotency(none)) {
            case A, C, D -> Optional.empty();
            case B, E -> target.resendEvery().map(every -> resent());
            case F -> Optional.of(increment());
        };
    }

    /** Whether a lost request arrived could never be told, so that nothing of the kind is sent. */
    private Problem increment() {
        return Problem.at(
                Code.TARGET_INCREMENT,
                target.place(),
                target.object()
                        + " is added to by each request, and a lost one could never be told from one that arrived",
                "let the model compute the total, and write that");
    }

    private Problem resent() {
        return Problem.at(
                Code.TARGET_OPERATION,
                target.place(),
                "'resend_every' is not possible with operation: " + word(target.operation()) + " of " + target.object()
                        + ": a row that is sent again could be there twice",
                "take the line away");
    }

    /** Why the key cannot be the key. Asked before anything is made of how the destination compares it. */
    Optional<Problem> keyProblem(TargetSchema schema) {
        for (String field : target.key().fields()) {
            if (schema.field(field).isEmpty()) {
                return Optional.of(unknown(schema, target.keyPlace(), field));
            }
        }
        boolean byKey = target.operation() == Target.Operation.UPSERT || target.operation() == Target.Operation.MIRROR;
        if (schema.identifies(target.key()) || (!byKey && !target.key().isComposite())) {
            return Optional.empty();
        }
        return Optional.of(problem(
                Code.TARGET_KEY,
                target.keyPlace(),
                target.keyField(),
                target.key().isComposite() ? "are no key together" : "is no key that records are found by",
                keyAdvice(schema)));
    }

    private String keyAdvice(TargetSchema schema) {
        String alone = keyed(schema);
        if (!target.key().isComposite()) {
            return alone.isEmpty()
                    ? "the object has no field that identifies records: make one unique there"
                    : "an upsert needs a field that identifies records, such as " + alone;
        }
        if (schema.keys().isEmpty()) {
            return "the object has no key of several fields: name one that identifies records"
                    + (alone.isEmpty() ? "" : ", such as " + alone);
        }
        return "name the fields of one of its keys: "
                + schema.keys().stream()
                        .map(key -> String.join(" + ", new TreeSet<>(key)))
                        .collect(Collectors.joining(", "));
    }

    /** The first of the fields that identify records, each by itself. */
    private static String keyed(TargetSchema schema) {
        return schema.fields().stream()
                .filter(TargetField::key)
                .map(TargetField::name)
                .sorted()
                .limit(10)
                .collect(Collectors.joining(", "));
    }

    private Problem unknown(TargetSchema schema, Place place, String field) {
        return problem(
                Code.TARGET_FIELD_UNKNOWN,
                place,
                field,
                "does not exist",
                Spelling.suggest(
                        field,
                        schema.fields().stream().map(TargetField::name).toList(),
                        "check its API name, and that the integration user may see it"));
    }

    private boolean writable(TargetField field) {
        return switch (target.operation()) {
            case UPSERT, MIRROR -> field.createable() || field.updateable();
            case UPDATE -> field.updateable();
            case INSERT, APPEND, ADD, REMOVE -> field.createable();
        };
    }

    private Problem problem(Code code, Place place, String field, String what, String advice) {
        return Problem.at(code, place, target.object() + "." + field + " " + what, advice);
    }

    private static Optional<ValueType> typeOf(FieldSource source, ModelSchema columns) {
        return switch (source) {
            case FieldSource.Column column -> columns.column(column.column()).map(Column::type);
            case FieldSource.Constant constant ->
                constant.value().isNull() ? Optional.empty() : Optional.of(ValueCodec.typeOf(constant.value()));
            case FieldSource.Computed computed -> computed.type();
            case FieldSource.Composite composite -> Optional.empty();
            // The id's type is the destination's own.
            case FieldSource.LookedUp lookedUp -> Optional.empty();
            case FieldSource.Normalising normalising -> Optional.of(ValueType.TEXT);
        };
    }
}
