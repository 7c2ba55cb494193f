package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A staged job. Its id is remembered before anything that takes effect is sent, and from there on it is only polled.
 *
 * @param upload sends the rows; empty where {@code create} has sent them
 * @param close starts the job; empty where it starts by itself
 * @param results read when the job is done, one after the other
 * @param rest what becomes of the rows of which no result speaks
 * @param counts what must add up besides, in the last poll's answer
 * @param abort gives up a job that was not closed
 */
public record JobSpec(
        Create create,
        Optional<RequestSpec> upload,
        Optional<RequestSpec> close,
        Poll poll,
        List<Results> results,
        Join.Rest rest,
        Optional<AnswerRule.Counted> counts,
        Optional<RequestSpec> abort) {

    public JobSpec {
        results = List.copyOf(results);
    }

    /**
     * Makes the job.
     *
     * @param when the answers that made one; others are read by the error rules
     * @param id what it is called from then on
     * @param capture what else becomes {@code job.NAME}; not known after a crash, so that only upload and close may name it
     * @param answers what other answers say of its rows, the first whose condition holds; only where it carries them
     */
    public record Create(
            RequestSpec request, Condition when, Selector id, Map<String, Selector> capture, List<AnswerRule> answers) {
        public Create {
            answers = List.copyOf(answers);
            capture = Ordered.copy(capture);
        }
    }

    /**
     * Asks how it stands.
     *
     * @param every how long between two questions
     * @param longest after which the job is left open for a later run
     * @param failed it has ended without all rows: results are read, and rows of which none speaks get {@code failedRest}
     * @param answers what an answer that it is done or has failed says of rows by itself, the first whose condition holds; then no results
     *     are read
     * @param gone the destination knows it no more: all rows are unknown
     */
    public record Poll(
            RequestSpec request,
            Duration every,
            Duration longest,
            Condition done,
            Optional<Condition> failed,
            Join.Rest failedRest,
            List<AnswerRule> answers,
            Optional<Condition> gone) {
        public Poll {
            answers = List.copyOf(answers);
        }
    }

    /**
     * Reads what became of rows.
     *
     * @param request empty where the last poll's answer holds it
     * @param when the answers that hold results; others leave the job open
     * @param by how they name rows; with {@link By#POSITION} there is one node a row, and {@code ok} and {@code fail} tell them apart
     */
    public record Results(
            Optional<RequestSpec> request,
            Format format,
            Condition when,
            By by,
            List<Mentions.Accepts> ok,
            List<Mentions.Refuses> fail,
            Optional<PagesSpec> pages) {
        public Results {
            ok = List.copyOf(ok);
            fail = List.copyOf(fail);
        }
    }

    /** How results are written. */
    public enum Format {
        JSON,
        /** A list of objects by the header's names. */
        CSV,
        /** A list of values. */
        JSON_LINES
    }

    /** How results name rows. */
    public enum By {
        POSITION,
        KEY,
        REMOTE_ID,
        TRACE_ID,
        /** By the row's place in the job. */
        INDEX
    }
}
