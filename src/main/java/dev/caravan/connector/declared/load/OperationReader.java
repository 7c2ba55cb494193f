package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.spec.AnswerRule;
import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.spec.ErrorClass;
import dev.caravan.connector.declared.spec.FindSpec;
import dev.caravan.connector.declared.spec.OperationSpec;
import dev.caravan.connector.declared.spec.ReadBackSpec;
import dev.caravan.connector.declared.spec.RemedySpec;
import dev.caravan.connector.declared.spec.RequestSpec;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.connector.declared.template.Root;
import dev.caravan.destination.Action;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode.Block;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the operations of one object. */
final class OperationReader {

    private static final Set<Action> BY_KEY = Set.of(Action.UPSERT, Action.UPDATE);
    private static final Set<String> IDS = Set.of("row.id", "found.id");
    private static final Set<IdempotencyClass> LEAVE_DOUBTS = Set.of(IdempotencyClass.B, IdempotencyClass.E);

    private final Compiler compiler;
    private final ConditionReader conditions;
    private final TemplateReader templates;
    private final RequestReader requests;
    private final AnswerReader answers;
    private final JobReader jobs;
    private final BatchReader batches;
    private final ConfirmReader confirms;
    private final View object;
    private final Ground about;

    OperationReader(Compiler compiler, TemplateReader templates, View object, Ground about) {
        this.compiler = compiler;
        this.conditions = new ConditionReader(compiler);
        this.templates = templates;
        this.requests = new RequestReader(compiler, templates);
        this.answers = new AnswerReader(compiler, conditions);
        this.jobs = new JobReader(compiler, conditions, templates, requests, answers);
        this.batches = new BatchReader(templates);
        this.confirms = new ConfirmReader(compiler, conditions, requests, batches);
        this.object = object;
        this.about = about;
    }

    /** The operation under a word; empty if it cannot be read as one. */
    Optional<OperationSpec> operation(Action action, View written) {
        View view = merged(written, new HashSet<>(Set.of(word(action))));
        Optional<Strategy> strategy = strategy(view);
        confirms.check(action, written);
        checkWindow(action, view);
        if (!view.has("class")) {
            compiler.report(
                    Code.YAML_MISSING_KEY,
                    written.place(),
                    "an operation needs 'class'",
                    "add 'class: A', B, C, D or E");
        }
        if (strategy.isEmpty()) {
            String message = "an operation that sends nothing";
            compiler.report(Code.CONNECTOR_OPERATION, written.place(), message, "add 'request', 'find' or 'job'");
        }
        Optional<OperationSpec.StagedSpec> staged = strategy.filter(direct -> !(direct instanceof Strategy.Job))
                .flatMap(direct -> view.block("job"))
                .map(job ->
                        new OperationSpec.StagedSpec((int) view.whole("job_from", 1), jobs.job(job, batches, about)));
        Optional<OperationSpec.ByIdSpec> byId = byId(action, view);
        Set<String> identifiers = identifiers(action, view);
        return strategy.map(how -> new OperationSpec(
                action,
                idempotency(view),
                view.duration("dedupe_window"),
                view.flag("whole", false),
                identifiers,
                how,
                byId,
                staged,
                readBack(written, view)));
    }

    /** What a member is known by has to be named when it is taken out, or it is not found. */
    private Set<String> identifiers(Action action, View view) {
        boolean named = view.flag("whole", false)
                && object.block("operations")
                        .flatMap(operations -> operations.block("remove"))
                        .filter(remove -> remove.flag("whole", false))
                        .isPresent();
        if (view.has("identifiers") && (action != Action.ADD || !named)) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.placeOf("identifiers"),
                    "identifiers of what is not added and removed as a whole",
                    "say them on 'add', and 'whole: true' on 'add' and 'remove'");
        }
        return words(view, "identifiers");
    }

    /** How a record is named by its id, where an operation that saves by key says so. */
    private Optional<OperationSpec.ByIdSpec> byId(Action action, View view) {
        if (!view.has("by_id") && !view.has("gone")) {
            return Optional.empty();
        }
        boolean direct = view.has("request") || view.has("find");
        if (!BY_KEY.contains(action) || !direct || !view.has("by_id") || !view.has("gone")) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.placeOf(view.has("by_id") ? "by_id" : "gone"),
                    "by_id and gone belong together, on an upsert or update with 'request' or 'find'",
                    "say both there, or none");
            return Optional.empty();
        }
        String name = view.text("by_id", "");
        Optional<View> named = step(name);
        if (named.isEmpty()) {
            compiler.report(
                    Code.CONNECTOR_REFERENCE,
                    view.placeOf("by_id"),
                    "this object has no step or plain operation '" + name + "'",
                    Spelling.suggest(name, steps(), "name one of its steps"));
            return Optional.empty();
        }
        Direct how = direct(named.get(), about.found(Set.of("id")));
        if (how.named().stream().noneMatch(IDS::contains)) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.placeOf("by_id"),
                    "a step that does not name its records by their ids",
                    "name {{ row.id }} in its request");
        }
        return Optional.of(
                new OperationSpec.ByIdSpec(how.how(), words(view, "fixed"), words(view, "gone"), still(view)));
    }

    private Optional<RequestSpec> still(View view) {
        if (view.has("still") && !view.has("find")) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.placeOf("still"),
                    "still asks about what a search found",
                    "leave it out: there is no 'find'");
        }
        return view.block("still")
                .map(block -> requests.request(block, about.with(Root.BATCH, Root.ROW, Root.ROW_FIELD)));
    }

    private static Set<String> words(View view, String key) {
        return view.texts(key).stream().map(Located::value).collect(Collectors.toSet());
    }

    /** Without an end a row in doubt would be repeated months later, when the destination knows its key no more. */
    private void checkWindow(Action action, View view) {
        OperationSpec.ClassRule rule = idempotency(view);
        boolean known = rule.whenKeyUnique() == IdempotencyClass.B || rule.otherwise() == IdempotencyClass.B;
        if (action == Action.APPEND && known && !view.has("dedupe_window")) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.placeOf("class"),
                    "rows that are known for repetitions, for nobody knows how long",
                    "add 'dedupe_window: 24h', or for how long the API says that it knows them");
        }
    }

    /** Where a lost answer leaves a doubt that cannot be sent away. */
    private Optional<ReadBackSpec> readBack(View written, View view) {
        OperationSpec.ClassRule rule = idempotency(view);
        boolean doubts = LEAVE_DOUBTS.contains(rule.whenKeyUnique()) || LEAVE_DOUBTS.contains(rule.otherwise());
        if (!doubts && written.has("read_back")) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    written.placeOf("read_back"),
                    "what is looked for after a lost answer where the request is just sent again",
                    "leave it out, or say class: E");
        }
        return view.block("read_back")
                .filter(block -> doubts)
                .map(block -> new ReadBackReader(compiler, conditions, requests, batches).read(block, about));
    }

    private static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }

    /** An operation with the keys of the one that it is the same as. */
    private View merged(View view, Set<String> seen) {
        String other = view.text("same_as", "");
        if (other.isEmpty()) {
            return view;
        }
        Optional<View> named = object.block("operations").flatMap(operations -> operations.block(other));
        if (named.isEmpty() || !seen.add(other)) {
            compiler.report(
                    Code.CONNECTOR_REFERENCE,
                    view.placeOf("same_as"),
                    named.isEmpty()
                            ? "this object has no operation '" + other + "'"
                            : "operations that are the same as each other",
                    "name another operation of this object");
            return view;
        }
        List<Entry> entries = new ArrayList<>(view.block().entries());
        merged(named.get(), seen).block().entries().stream()
                .filter(entry -> !view.has(entry.key()))
                .forEach(entries::add);
        return new View(new Block(entries, view.block().span()));
    }

    private OperationSpec.ClassRule idempotency(View view) {
        return view.block("class")
                .map(rule -> new OperationSpec.ClassRule(
                        letter(rule.text("unique_key", "E")), letter(rule.text("otherwise", "E"))))
                .orElseGet(() ->
                        new OperationSpec.ClassRule(letter(view.text("class", "E")), letter(view.text("class", "E"))));
    }

    private static IdempotencyClass letter(String letter) {
        return View.wordOf(letter.toLowerCase(Locale.ROOT), IdempotencyClass.class)
                .orElse(IdempotencyClass.E);
    }

    private Optional<Strategy> strategy(View view) {
        if (view.has("find")) {
            return Optional.of(match(view));
        }
        if (view.has("request")) {
            return Optional.of(batch(view, about));
        }
        return view.block("job").map(job -> jobs.job(job, batches, about));
    }

    /** A request with what its templates name. */
    private record Direct(Strategy.Batch how, Set<String> named) {}

    private Strategy.Batch batch(View view, Ground ground) {
        return direct(view, ground).how();
    }

    private Direct direct(View view, Ground ground) {
        BatchSpec batch = batches.batch(view, ground);
        templates.takeNamed();
        RequestSpec request = requests.request(view.block("request").orElse(view), SearchReader.ground(batch, ground));
        Set<String> named = templates.takeNamed();
        if (named.stream().noneMatch(OperationReader::ofRows)) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.placeOf("request"),
                    "a request that says nothing of its rows",
                    batch.rows() > 1 ? "name them: {each: rows, item: …}" : "name the row: row.key, row.fields");
        } else if (batch.rows() > 1 && !named.contains("each rows")) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.placeOf("request"),
                    "a request of up to " + batch.rows() + " rows that does not name each",
                    "write {each: rows, item: …}");
        }
        List<AnswerRule> rules = view.blocks("answers").stream()
                .map(rule -> answers.rule(rule, batch.rows(), named))
                .toList();
        if (rules.isEmpty()) {
            String message = "nothing says what an answer means for its rows";
            compiler.report(Code.CONNECTOR_JOIN, view.place(), message, "add 'answers: [{join: …}]'");
        }
        return new Direct(
                new Strategy.Batch(
                        batch,
                        batches.nulls(view),
                        request,
                        rules,
                        remedy(view, batch, ground),
                        confirms.read(view, ground)),
                named);
    }

    /** What helps against a refusal: of a request with one row, since else nobody knows whom it is for. */
    private Optional<RemedySpec> remedy(View view, BatchSpec batch, Ground ground) {
        if (view.has("remedy") && batch.rows() > 1) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.placeOf("remedy"),
                    "a remedy where a request has up to " + batch.rows() + " rows",
                    "write rows: 1, or leave it out");
        }
        Ground found = ground.found(Set.of("id"));
        return view.block("remedy")
                .map(remedy -> new RemedySpec(
                        conditions.condition(remedy, "when", ConditionReader.NEVER),
                        compiler.selector(remedy, "id").orElseGet(() -> Compiler.always("$")),
                        compiler.grouped(remedy, "matches"),
                        requests.request(remedy, SearchReader.ground(batch, found)),
                        remedy.text("then").flatMap(then -> follow(then, found))));
    }

    private Optional<Strategy.Batch> follow(Located<String> then, Ground ground) {
        Optional<View> named = step(then.value());
        if (named.isEmpty() || named.get().has("remedy")) {
            compiler.report(
                    Code.CONNECTOR_REFERENCE,
                    then.place(),
                    named.isEmpty()
                            ? "this object has no step or plain operation '" + then.value() + "'"
                            : "a remedy after a remedy",
                    Spelling.suggest(then.value(), steps(), "name a step that has no remedy"));
            return Optional.empty();
        }
        return Optional.of(batch(named.get(), ground));
    }

    private static boolean ofRows(String name) {
        return name.startsWith("row.") || name.equals("each rows");
    }

    private Strategy match(View view) {
        BatchSpec batch = batches.batch(view, about);
        View find = view.block("find").orElse(view);
        Map<String, Selector> capture = compiler.selectors(find, "capture");
        FindSpec spec = new SearchReader(compiler, conditions, requests).read(find, batch, about, capture);
        Set<String> names = new LinkedHashSet<>(capture.keySet());
        names.add("id");
        return new Strategy.Match(batch, spec, next(view, "found", names), next(view, "absent", names));
    }

    private Strategy.Next next(View view, String key, Set<String> captured) {
        String word = view.text(key, "");
        if (word.isEmpty()) {
            compiler.report(
                    Code.YAML_MISSING_KEY, view.placeOf("find"), "a search needs '" + key + "'", "say what follows");
        }
        if (word.equals("unchanged") || word.isEmpty()) {
            return new Strategy.Next.Unchanged();
        }
        if (word.equals("reject")) {
            return key.equals("found")
                    ? new Strategy.Next.Refuse(ErrorClass.CONFLICT, "already_there")
                    : new Strategy.Next.Refuse(ErrorClass.DATA, "not_found");
        }
        Optional<View> named = step(word);
        if (named.isEmpty()) {
            compiler.report(
                    Code.CONNECTOR_REFERENCE,
                    view.placeOf(key),
                    "this object has no step or plain operation '" + word + "'",
                    Spelling.suggest(word, steps(), "name one of its steps, unchanged or reject"));
            return new Strategy.Next.Unchanged();
        }
        Ground ground = key.equals("found") ? about.found(captured) : about;
        return new Strategy.Next.Do(word, batch(named.get(), ground));
    }

    private Optional<View> step(String name) {
        return object.block("steps")
                .flatMap(steps -> steps.block(name))
                .or(() -> object.block("operations")
                        .flatMap(operations -> operations.block(name))
                        .filter(operation -> operation.has("request")));
    }

    private List<String> steps() {
        return object.entries("steps").stream().map(Entry::key).toList();
    }
}
