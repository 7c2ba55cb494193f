package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.select.Wording;
import dev.caravan.connector.declared.spec.Accept;
import dev.caravan.connector.declared.spec.AnswerRule;
import dev.caravan.connector.declared.spec.ErrorClass;
import dev.caravan.connector.declared.spec.Join;
import dev.caravan.connector.declared.spec.Mentions;
import dev.caravan.connector.declared.spec.Refuse;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Span;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what answers say of rows. */
final class AnswerReader {

    private static final View NOTHING =
            new View(new YamlNode.Block(List.of(), new Span(Place.ofFile(""), Place.ofFile(""))));
    private static final Selector WHOLE = Compiler.always("$");

    private final Compiler compiler;
    private final ConditionReader conditions;

    AnswerReader(Compiler compiler, ConditionReader conditions) {
        this.compiler = compiler;
        this.conditions = conditions;
    }

    /**
     * A rule.
     *
     * @param rows the most rows of a request
     * @param named what its request names
     */
    AnswerRule rule(View view, int rows, Set<String> named) {
        return new AnswerRule(
                conditions.condition(view, "when", ConditionReader.WELL),
                join(view, rows, named),
                view.text("join", "").equals("counts")
                        ? Optional.empty()
                        : view.block("counts").map(this::counted));
    }

    AnswerRule.Counted counted(View view) {
        return new AnswerRule.Counted(
                compiler.several(view, "received"),
                compiler.several(view, "accepted"),
                compiler.several(view, "refused"),
                compiler.selector(view, "received_of"),
                compiler.selector(view, "accepted_of"),
                view.flag("if_told", false));
    }

    private Join join(View view, int rows, Set<String> named) {
        View ok = view.blocks("ok").stream().findFirst().orElse(NOTHING);
        View fail = view.blocks("fail").stream().findFirst().orElse(NOTHING);
        String word = view.text("join", "all");
        check(view, word, rows, named);
        return switch (word) {
            case "position" ->
                new Join.Position(
                        compiler.selector(ok, "rows").orElse(WHOLE),
                        conditions.condition(ok, "when", ConditionReader.ALWAYS),
                        accept(ok),
                        refuse(fail),
                        byId(named));
            case "key" -> new Join.Key(mentions(view, "match", named));
            case "remote_id" -> new Join.RemoteId(mentions(view, "match", named));
            case "trace_id" -> new Join.TraceId(mentions(view, "match", named));
            case "error_path_index" -> new Join.ErrorPathIndex(mentions(view, "index", named));
            case "counts" -> counts(view, ok, fail);
            case "single" ->
                new Join.Single(
                        conditions.condition(ok, "when", ConditionReader.ALWAYS),
                        accept(ok),
                        refuse(fail),
                        byId(named));
            default -> new Join.All(accept(ok));
        };
    }

    private static boolean byId(Set<String> named) {
        return named.contains("row.id") || named.contains("found.id");
    }

    private Join counts(View view, View ok, View fail) {
        View counts = view.block("counts").orElse(NOTHING);
        return new Join.Counts(
                compiler.several(counts, "received"),
                compiler.several(counts, "accepted"),
                compiler.several(counts, "refused"),
                accept(ok),
                refuse(fail));
    }

    private void check(View view, String word, int rows, Set<String> named) {
        boolean lists =
                Set.of("key", "remote_id", "trace_id", "error_path_index").contains(word);
        boolean several = view.blocks("ok").size() > 1 || view.blocks("fail").size() > 1;
        if (word.equals("single") && rows > 1) {
            bad(view, "'single' answers for one row, the batch has " + rows, "choose another join, or rows: 1");
        } else if (word.equals("trace_id") && !named.contains("row.trace")) {
            bad(
                    view,
                    "the request sends no row.trace that an answer could repeat",
                    "send \"{{ row.trace }}\", or join by key");
        } else if (word.equals("remote_id") && !byId(named)) {
            bad(
                    view,
                    "the request sends no row.id that an answer could repeat",
                    "send \"{{ row.id }}\", or join by key");
        } else if (word.equals("position") && view.blocks("ok").stream().noneMatch(ok -> ok.has("rows"))) {
            bad(view, "'position' needs the nodes of the rows", "add 'ok: {rows: $.…[*]}'");
        } else if (word.equals("counts") && counts(view, "received_of", "accepted_of", "if_told")) {
            bad(
                    view,
                    "'counts' reads numbers, not nodes, and needs them all",
                    "join by what the nodes say, or leave them out");
        } else if (word.equals("counts") && !counts(view, "received", "accepted", "refused")) {
            bad(view, "'counts' needs numbers", "add 'counts: {received: $.…, refused: $.…}'");
        } else if (lists && !view.has("ok") && !view.has("fail")) {
            bad(view, "nothing speaks of rows", "add 'ok' or 'fail'");
        } else if (lists && view.has("ok") && view.text("rest", "").equals("not_applied")) {
            compiler.report(
                    Code.CONNECTOR_JOIN,
                    view.placeOf("rest"),
                    "an answer that accepts rows has not refused the request as a whole",
                    "leave 'ok' out, or write rest: unknown");
        } else if (!lists && several) {
            bad(view, "'" + word + "' has one ok and one fail", "leave one");
        }
    }

    private static boolean counts(View view, String... keys) {
        return view.block("counts")
                .filter(counts -> Stream.of(keys).anyMatch(counts::has))
                .isPresent();
    }

    private void bad(View view, String message, String suggestion) {
        compiler.report(Code.CONNECTOR_JOIN, view.placeOf("join"), message, suggestion);
    }

    private Mentions mentions(View view, String key, Set<String> named) {
        return new Mentions(
                accepts(view, key, named),
                refuses(view, key, named),
                view.word("rest", Join.Rest.class).orElse(Join.Rest.UNKNOWN),
                byId(named));
    }

    /** The nodes that accept rows. */
    List<Mentions.Accepts> accepts(View view, String key, Set<String> named) {
        return view.blocks("ok").stream()
                .map(ok -> new Mentions.Accepts(
                        compiler.selector(ok, "rows").orElse(WHOLE),
                        match(ok, key, named),
                        conditions.condition(ok, "when"),
                        accept(ok)))
                .toList();
    }

    /** The nodes that refuse rows. */
    List<Mentions.Refuses> refuses(View view, String key, Set<String> named) {
        return view.blocks("fail").stream()
                .map(fail -> new Mentions.Refuses(
                        compiler.selector(fail, "rows").orElse(WHOLE),
                        match(fail, key, named),
                        conditions.condition(fail, "when"),
                        refuse(fail)))
                .toList();
    }

    private Mentions.Match match(View view, String key, Set<String> named) {
        if (!key.isEmpty() && (!view.has(key) || !view.has("rows"))) {
            compiler.report(
                    Code.CONNECTOR_JOIN,
                    view.place(),
                    "nodes that do not say which row they mean",
                    "add '" + (view.has("rows") ? key : "rows") + ": $.…'");
        }
        Optional<View> block = view.block(key);
        return block.map(inside -> new Mentions.Match(
                        compiler.selector(inside, "at").orElse(WHOLE),
                        inside.has("matches") ? compiler.grouped(inside, "matches") : Optional.empty(),
                        (int) inside.whole("first", 0),
                        by(inside, named),
                        compiler.selectors(inside, "parts")))
                .orElseGet(() -> new Mentions.Match(
                        compiler.selector(view, key).orElse(WHOLE), Optional.empty(), 0, Optional.empty(), Map.of()));
    }

    private Optional<Mentions.By> by(View view, Set<String> named) {
        boolean ids = byId(named);
        Optional<Mentions.By> by = view.word("by", Mentions.By.class);
        if (by.filter(word -> word == Mentions.By.REMOTE_ID).isPresent() && !ids) {
            compiler.report(
                    Code.CONNECTOR_JOIN,
                    view.placeOf("by"),
                    "the request sends no row.id that an answer could repeat",
                    "send \"{{ row.id }}\", or write by: key");
        }
        return by.map(word -> word == Mentions.By.SENT ? (ids ? Mentions.By.REMOTE_ID : Mentions.By.KEY) : word);
    }

    private Accept accept(View view) {
        return new Accept(
                compiler.selector(view, "id"),
                conditions.condition(view, "created"),
                conditions.condition(view, "unchanged"));
    }

    private Refuse refuse(View view) {
        Optional<Wording> code = compiler.wording(view, "code");
        return new Refuse(
                view.word("class", ErrorClass.class),
                code,
                compiler.wording(view, "message"),
                compiler.wording(view, "field"),
                compiler.wording(view, "rival"));
    }
}
