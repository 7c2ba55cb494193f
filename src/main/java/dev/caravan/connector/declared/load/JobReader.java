package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.spec.JobSpec;
import dev.caravan.connector.declared.spec.Join;
import dev.caravan.connector.declared.spec.Mentions;
import dev.caravan.connector.declared.spec.PagesSpec;
import dev.caravan.connector.declared.spec.RequestSpec;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.connector.declared.template.Root;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.shape.View;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads staged jobs. */
final class JobReader {

    private final Compiler compiler;
    private final ConditionReader conditions;
    private final TemplateReader templates;
    private final RequestReader requests;
    private final AnswerReader answers;

    JobReader(
            Compiler compiler,
            ConditionReader conditions,
            TemplateReader templates,
            RequestReader requests,
            AnswerReader answers) {
        this.compiler = compiler;
        this.conditions = conditions;
        this.templates = templates;
        this.requests = requests;
        this.answers = answers;
    }

    Strategy.Job job(View view, BatchReader batches, Ground about) {
        BatchSpec batch = batches.batch(view, about);
        Ground ground = about.with(Root.BATCH);
        templates.takeNamed();
        View making = view.block("create").orElse(view);
        boolean carries = !view.has("upload") && !view.has("close");
        JobSpec.Create create = create(making, ground, batch.rows(), carries);
        Set<String> captured = new HashSet<>(Set.of("id"));
        captured.addAll(create.capture().keySet());
        Ground inside = ground.inJob(captured);
        Optional<RequestSpec> upload = view.block("upload").map(request -> requests.request(request, inside));
        Set<String> named = templates.takeNamed();
        if (!named.contains("each rows")) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.place(),
                    "neither create nor upload sends rows",
                    "name them: each: rows");
        }
        Ground known = about.inJob(Set.of("id"));
        JobSpec job = new JobSpec(
                create,
                upload,
                view.block("close").map(request -> requests.request(request, about.inJob(captured))),
                poll(view.block("poll").orElse(view), known, batch.rows(), named),
                view.blocks("results").stream()
                        .map(one -> results(one, known, named))
                        .toList(),
                view.word("rest", Join.Rest.class).orElse(Join.Rest.UNKNOWN),
                view.block("counts").map(answers::counted),
                view.block("abort").map(request -> requests.request(request, known)));
        return new Strategy.Job(batch, batches.nulls(view), job);
    }

    private JobSpec.Create create(View view, Ground ground, int rows, boolean carries) {
        if (view.has("answers") && !carries) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    view.placeOf("answers"),
                    "answers of rows before the job has begun",
                    "leave them out: what is refused here is tried again");
        }
        Map<String, Selector> capture = compiler.selectors(view, "capture");
        RequestSpec request = requests.request(view, ground);
        Set<String> named = templates.named();
        return new JobSpec.Create(
                request,
                conditions.condition(view, "when", ConditionReader.WELL),
                compiler.selector(view, "id").orElseGet(() -> Compiler.always("$.id")),
                capture,
                view.blocks("answers").stream()
                        .map(rule -> answers.rule(rule, rows, named))
                        .toList());
    }

    private JobSpec.Poll poll(View view, Ground ground, int rows, Set<String> named) {
        return new JobSpec.Poll(
                requests.request(view, ground),
                view.duration("every").orElse(Duration.ofSeconds(5)),
                view.duration("longest").orElse(Duration.ofHours(1)),
                conditions.condition(view, "done", ConditionReader.NEVER),
                conditions.condition(view, "failed"),
                view.word("failed_rest", Join.Rest.class).orElse(Join.Rest.UNKNOWN),
                view.blocks("answers").stream()
                        .map(rule -> answers.rule(rule, rows, named))
                        .toList(),
                conditions.condition(view, "gone"));
    }

    private JobSpec.Results results(View view, Ground ground, Set<String> named) {
        boolean asks = List.of("get", "post", "put", "patch", "delete").stream().anyMatch(view::has);
        JobSpec.By by = view.word("join", JobSpec.By.class).orElse(JobSpec.By.KEY);
        if (by == JobSpec.By.TRACE_ID && !named.contains("row.trace")) {
            compiler.report(
                    Code.CONNECTOR_JOIN, view.placeOf("join"), "the job sends no row.trace", "send it, or join by key");
        }
        if (!view.has("ok") && !view.has("fail")) {
            compiler.report(
                    Code.CONNECTOR_JOIN, view.place(), "results that say nothing of rows", "add 'ok' or 'fail'");
        }
        String key = switch (by) {
            case KEY, REMOTE_ID, TRACE_ID -> "match";
            case INDEX -> "index";
            case POSITION -> "";
        };
        List<Mentions.Accepts> ok = answers.accepts(view, key, named);
        return new JobSpec.Results(
                asks ? Optional.of(requests.request(view, ground)) : Optional.empty(),
                view.word("format", JobSpec.Format.class).orElse(JobSpec.Format.JSON),
                conditions.condition(view, "when", ConditionReader.WELL),
                by,
                ok,
                answers.refuses(view, key, named),
                view.block("pages").flatMap(pages -> pages(compiler, pages)));
    }

    static Optional<PagesSpec> pages(Compiler compiler, View view) {
        return compiler.selector(view, "next")
                .map(next ->
                        new PagesSpec(next, view.text("parameter").map(Located::value), (int) view.whole("most", 100)));
    }
}
