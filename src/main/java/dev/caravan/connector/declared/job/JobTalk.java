package dev.caravan.connector.declared.job;

import dev.caravan.connector.declared.answer.Answered;
import dev.caravan.connector.declared.answer.Interpreter;
import dev.caravan.connector.declared.answer.Verdicts;
import dev.caravan.connector.declared.answer.Whole;
import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.render.Parcel;
import dev.caravan.connector.declared.render.Parcels;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.JobSpec;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.job.RememberedJobs;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Delivers rows by jobs: create, remember, upload, close, poll, results. Which of the first steps sets a job going, the connector says by
 * having the later ones or not; until then whatever is lost leaves the rows untouched, from there on only the job itself knows.
 */
public final class JobTalk {

    private final Errand errand;
    private final JobSpec spec;
    private final Parcels parcels;
    private final Parcel.Cut cut;

    /** For these rows. */
    public JobTalk(Errand errand, Strategy.Job how, List<Item> items) {
        this.spec = how.job();
        // The job's own words are not known yet; they are no part of a row.
        this.errand = errand;
        Map<String, String> placeholders = new LinkedHashMap<>(Map.of("id", "0"));
        spec.create().capture().keySet().forEach(name -> placeholders.put(name, "0"));
        this.parcels = new Parcels(
                errand.inJob(placeholders),
                how.batch(),
                how.nulls(),
                spec.upload().orElse(spec.create().request()),
                Replay.NEVER);
        this.cut = parcels.cut(items);
    }

    /** Whether making a job sets it going, so that it may run although nobody knows its id. */
    public static boolean beginsWhenMade(JobSpec spec) {
        return spec.upload().isEmpty() && spec.close().isEmpty();
    }

    static List<Integer> places(List<Item> items) {
        return items.stream().map(Item::index).toList();
    }

    /** Ends with an outcome for each item, by place in the batch. */
    public Conversation<Map<Integer, Outcome>> deliver() {
        return from(0, RememberedJobs.NOTHING, cut.settled());
    }

    private Conversation<Map<Integer, Outcome>> from(int part, RememberedJobs before, Map<Integer, Outcome> sofar) {
        if (part == cut.parcels().size()) {
            return new Conversation.Done<>(sofar);
        }
        Parcel parcel = cut.parcels().get(part);
        Faults faults = new Faults();
        HttpRequest create = parcels.about(
                parcel.group(), parcel.items(), errand, spec.create().request(), faults);
        if (!faults.none()) {
            Outcome unmade = new Outcome.Rejected(
                    "caravan.unsendable", null, faults.all().getFirst().reason(), Outcome.ErrorClass.CONFIG);
            return from(
                    part + 1,
                    before.with(Optional.empty(), false, places(parcel.items())),
                    merged(sofar, parcel, unmade));
        }
        Whole whole = Whole.of(errand, spec.create().answers());
        return new Conversation.Send<>(
                create.refusedWhen(answer -> made(answer).isEmpty() && whole.refused(answer)),
                reply -> made(reply)
                        .map(said -> run(part, before, sofar, said))
                        .orElseGet(() -> from(
                                part + 1,
                                before.with(Optional.empty(), false, places(parcel.items())),
                                Item.merge(sofar, unmade(reply, parcel.items())))));
    }

    private static Map<Integer, Outcome> merged(Map<Integer, Outcome> sofar, Parcel parcel, Outcome outcome) {
        return Item.merge(sofar, Item.all(parcel.items(), outcome));
    }

    private Map<Integer, Outcome> unmade(Reply reply, List<Item> items) {
        Map<String, String> variables = errand.variables();
        if (beginsWhenMade(spec)) {
            return Interpreter.read(errand, spec.create().answers(), reply, items)
                    .outcomes();
        }
        return Verdicts.untouched(errand.spec(), reply, variables, "job_create").outcomes(errand, items);
    }

    /** What a job is called, and what else its first answer says; empty if none was made. */
    private Optional<Map<String, String>> made(Reply reply) {
        if (!(reply instanceof HttpAnswer answer)) {
            return Optional.empty();
        }
        Subject subject = Answered.of(answer, errand.variables()).subject();
        if (!spec.create().when().holds(subject)) {
            return Optional.empty();
        }
        Map<String, String> said = new LinkedHashMap<>();
        spec.create()
                .capture()
                .forEach((name, at) ->
                        at.text(subject.found(), subject.variables()).ifPresent(text -> said.put(name, text)));
        return spec.create()
                .id()
                .text(subject.found(), subject.variables())
                .filter(id -> !id.isBlank())
                .map(id -> {
                    said.put("id", id);
                    return said;
                });
    }

    private Conversation<Map<Integer, Outcome>> run(
            int part, RememberedJobs before, Map<Integer, Outcome> sofar, Map<String, String> said) {
        Parcel parcel = cut.parcels().get(part);
        Staged job = new Staged(errand.inJob(said), spec, parcels, parcel.group(), parcel.items());
        RememberedJobs made =
                before.with(Optional.ofNullable(said.get("id")), beginsWhenMade(spec), places(parcel.items()));
        Conversation<Map<Integer, Outcome>> steps = new Filling(job, made).start();
        return new Conversation.Remember<>(
                made.text(), () -> steps.andThen(done -> from(part + 1, made.begun(), Item.merge(sofar, done))));
    }

    /** Takes up what {@link #deliver} left, by what it remembered. */
    public Conversation<Map<Integer, Outcome>> resume(String remembered) {
        return new TakenUp(errand, spec, parcels, cut).by(RememberedJobs.of(remembered));
    }
}
