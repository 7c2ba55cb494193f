package dev.caravan.connector.declared.job;

import dev.caravan.connector.declared.answer.Answered;
import dev.caravan.connector.declared.answer.Claims;
import dev.caravan.connector.declared.answer.Counting;
import dev.caravan.connector.declared.answer.Finder;
import dev.caravan.connector.declared.answer.Tables;
import dev.caravan.connector.declared.render.Pages;
import dev.caravan.connector.declared.render.Requests;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.JobSpec;
import dev.caravan.connector.declared.spec.Join;
import dev.caravan.connector.declared.template.BatchScope;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Request.Replay;
import java.util.Map;
import java.util.Optional;

/** Reads what became of the rows of a job that has ended. Results that cannot be read leave it open: they may be there later. */
final class Results {

    private static final int TRIES = 5;

    private final Staged job;
    private final Subject last;
    private final Join.Rest rest;
    private final Claims claims;

    /**
     * @param last the poll's answer that said that it has ended
     * @param rest what becomes of rows of which no result speaks
     */
    Results(Staged job, Subject last, Join.Rest rest) {
        this.job = job;
        this.last = last;
        this.rest = rest;
        this.claims = new Claims(job.errand(), job.items());
    }

    Conversation<Map<Integer, Outcome>> read() {
        return from(0);
    }

    private Conversation<Map<Integer, Outcome>> from(int at) {
        if (at == job.spec().results().size()) {
            Map<Integer, Outcome> outcomes = claims.settled(rest);
            return new Conversation.Done<>(Counting.checked(job.spec().counts(), last, job.items(), outcomes));
        }
        JobSpec.Results results = job.spec().results().get(at);
        if (results.request().isEmpty()) {
            take(results, last);
            return from(at + 1);
        }
        Faults faults = new Faults();
        HttpRequest request = Requests.of(
                job.errand().spec(),
                results.request().get(),
                BatchScope.of(job.errand().known()),
                Replay.READ,
                faults);
        return faults.none() ? page(results, request, 1, 1, at) : new Conversation.LeaveOpen<>("job_results");
    }

    private Conversation<Map<Integer, Outcome>> page(
            JobSpec.Results results, HttpRequest request, int number, int attempt, int at) {
        return new Conversation.Send<>(request, reply -> {
            Optional<Subject> read = reply instanceof HttpAnswer answer ? readable(results, answer) : Optional.empty();
            if (read.isEmpty()) {
                return attempt == TRIES
                        ? new Conversation.LeaveOpen<>("job_results")
                        : new Conversation.Pause<>(
                                job.spec().poll().every(), () -> page(results, request, number, attempt + 1, at));
            }
            take(results, read.get());
            Optional<HttpRequest> next =
                    results.pages().flatMap(pages -> Pages.next(pages, request, read.get(), base()));
            if (next.isPresent() && number < results.pages().orElseThrow().most()) {
                return page(results, next.get(), number + 1, 1, at);
            }
            if (next.isPresent()) {
                claims.doubt();
            }
            return from(at + 1);
        });
    }

    private String base() {
        return Requests.base(job.errand().spec(), job.errand().known());
    }

    private Optional<Subject> readable(JobSpec.Results results, HttpAnswer answer) {
        Answered answered = switch (results.format()) {
            case JSON -> Answered.of(answer, job.variables());
            case CSV -> Tables.csv(answer, job.variables());
            case JSON_LINES -> Tables.lines(answer, job.variables());
        };
        return answered.structured() && results.when().holds(answered.subject())
                ? Optional.of(answered.subject())
                : Optional.empty();
    }

    private void take(JobSpec.Results results, Subject answer) {
        Finder finder = switch (results.by()) {
            case POSITION -> (text, first) -> Optional.empty();
            case KEY -> Finder.byKey(job.items(), job.errand().ignoresCase());
            case REMOTE_ID -> Finder.byId(job.items());
            case TRACE_ID -> Finder.byTrace(job.items());
            case INDEX -> Finder.byPlace(job.items());
        };
        if (results.by() == JobSpec.By.POSITION) {
            claims.readInOrder(results.ok(), results.fail(), answer);
        } else {
            claims.read(results.ok(), results.fail(), answer, finder);
        }
    }
}
