package dev.caravan.connector.declared.load;

import static dev.caravan.connector.declared.load.RequestShapes.CONDITION;
import static dev.caravan.connector.declared.load.RequestShapes.PATTERN;
import static dev.caravan.connector.declared.load.RequestShapes.READING;
import static dev.caravan.connector.declared.load.RequestShapes.REQUEST;
import static dev.caravan.connector.declared.load.RequestShapes.SELECTOR;
import static dev.caravan.connector.declared.load.RequestShapes.SELECTORS;
import static dev.caravan.connector.declared.load.RequestShapes.TEXT;
import static dev.caravan.connector.declared.load.RequestShapes.WORDING;
import static dev.caravan.yaml.shape.Key.may;
import static dev.caravan.yaml.shape.Key.must;
import static dev.caravan.yaml.shape.Shape.block;
import static dev.caravan.yaml.shape.Shape.either;
import static dev.caravan.yaml.shape.Shape.words;

import dev.caravan.connector.declared.spec.ErrorClass;
import dev.caravan.connector.declared.spec.JobSpec;
import dev.caravan.connector.declared.spec.Join;
import dev.caravan.connector.declared.spec.Mentions;
import dev.caravan.connector.declared.spec.ReadBackSpec;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Shape;
import java.util.List;

/** What answers, searches and jobs may say. */
final class AnswerShapes {

    static final List<String> JOINS =
            List.of("position", "key", "remote_id", "trace_id", "error_path_index", "counts", "single", "all");

    private static final BlockShape MATCH = BlockShape.of(
                    "match",
                    "what names a row",
                    may("at", SELECTOR, "where it stands in the node"),
                    may("parts", SELECTORS, "of a key of several fields: where each of them stands, by its name"),
                    may("by", words(Mentions.By.class), "what it is, where that is not what 'join' says"),
                    may("matches", PATTERN, "a pattern whose first group it is"),
                    may("first", new Shape.Whole(0, 1), "the index of the first row; 0"))
            .oneOf("at", "parts");

    private static final Shape MATCHES = either(SELECTOR, block(MATCH));

    private static final BlockShape OK = BlockShape.of(
            "ok",
            "what accepts rows",
            may("rows", SELECTOR, "the nodes that speak of rows"),
            may("match", MATCHES, "what of a node names its row"),
            may("index", MATCHES, "what of a node is its row's place in the request"),
            may("when", CONDITION, "of such a node, or of the answer where there are none"),
            may("id", SELECTOR, "the record's id"),
            may("created", CONDITION, "whether it is new"),
            may("unchanged", CONDITION, "whether it was so already"));

    private static final BlockShape FAIL = BlockShape.of(
            "fail",
            "what refuses rows",
            may("rows", SELECTOR, "the nodes that speak of rows"),
            may("match", MATCHES, "what of a node names its rows"),
            may("index", MATCHES, "what of a node is its rows' place in the request"),
            may("when", CONDITION, "of such a node"),
            may("class", words(ErrorClass.class), "what the refusal means, where the table of codes does not tell"),
            may("code", WORDING, "the destination's code"),
            may("message", WORDING, "its words"),
            may("field", WORDING, "the field it names"),
            may("rival", WORDING, "the id of the record that stands against it"));

    static final BlockShape COUNTED = BlockShape.of(
            "counts",
            "what must add up",
            may("received", new Shape.OneOrMore(SELECTOR), "all rows of the request; several numbers are added up"),
            may("accepted", new Shape.OneOrMore(SELECTOR), "those accepted or unchanged"),
            may("refused", new Shape.OneOrMore(SELECTOR), "those rejected"),
            may("received_of", SELECTOR, "nodes, as many as rows of the request"),
            may("accepted_of", SELECTOR, "nodes, as many as rows accepted or unchanged"),
            may("if_told", new Shape.Flag(), "whether numbers that are not there are not compared; false"));

    static final BlockShape ANSWER = BlockShape.of(
            "answer",
            "an answer",
            may("when", CONDITION, "of the whole answer; {status: 2xx}"),
            must("join", new Shape.Words(JOINS), "how it names its rows"),
            may("ok", new Shape.OneOrMore(block(OK)), "what accepts rows"),
            may("fail", new Shape.OneOrMore(block(FAIL)), "what refuses rows"),
            may("rest", words(Join.Rest.class), "what becomes of rows that nothing names; unknown"),
            may("counts", block(COUNTED), "numbers that must add up, else all rows are unknown"));

    static final BlockShape PAGES = BlockShape.of(
            "pages",
            "how an answer goes on",
            must("next", SELECTOR, "what leads on; where it finds nothing the answer is the last"),
            may("parameter", TEXT, "the query parameter that carries it; without one it is an address"),
            may("most", new Shape.Whole(1, 10_000), "the most pages; 100"));

    private static final BlockShape SEARCH = REQUEST.with(
            "search",
            "a search",
            may("when", CONDITION, "the answers that tell; {status: 2xx}"),
            may("none", CONDITION, "the answers that say that there is none"),
            must("rows", SELECTOR, "the records found"),
            may(
                    "match",
                    SELECTOR,
                    "what a record has in the field searched by; may be left out where a search is for one and finds only it"),
            must("id", SELECTOR, "a record's id"));

    static final BlockShape FIND = SEARCH.with(
            "find",
            "a search",
            may("where", CONDITION, "which of the records found count; all"),
            may("capture", SELECTORS, "what else of a record becomes found.NAME"));

    static BlockShape lookup(Shape batch) {
        return SEARCH.with(
                "lookup",
                "a look-up",
                may("by", new Shape.OneOrMore(TEXT), "the fields that it takes; any"),
                may("batch", batch, "how many are asked for at once"));
    }

    static final BlockShape REMEDY = REQUEST.with(
            "remedy",
            "a remedy",
            must("when", CONDITION, "the refusals that it helps against"),
            must("id", SELECTOR, "the record that such an answer names: found.id"),
            may("matches", PATTERN, "a pattern whose first group is the id, where it stands among words"),
            may("then", TEXT, "the step or operation that follows; the same request once more"));

    static BlockShape confirm(Shape batch) {
        return REQUEST.with(
                "confirm",
                "what asks about memberships",
                may("batch", batch, "how many are asked about at once"),
                may("when", CONDITION, "the answers that tell; {status: 2xx}"),
                must("rows", SELECTOR, "the records asked about"),
                must("match", SELECTOR, "a record's key"),
                must("holds", CONDITION, "what holds of one that is as it should be"));
    }

    static BlockShape readBack(Shape batch) {
        return SEARCH.with(
                "read_back",
                "a look after lost inserts",
                may("batch", batch, "how many are asked about at once"),
                must("created", SELECTOR, "when a record was made"),
                may("created_as", words(ReadBackSpec.Time.class), "how that is written; instant"),
                must("fields", SELECTOR, "the object that holds a record's fields, each under its name"),
                may("ours", CONDITION, "what holds of records that we have made"),
                may("gone", CONDITION, "what holds of records that were put away"),
                may("total", SELECTOR, "how many records there are in all: the answer must hold as many"),
                may("sees_all", new Shape.Flag(), "whether what is not found is not there; else a person decides"),
                may("sees_all_if", RequestShapes.TEMPLATE, "the same, where this comes to true"));
    }

    private static final BlockShape CREATE = REQUEST.with(
            "create",
            "what makes a job",
            may("when", CONDITION, "the answers that made one; {status: 2xx}"),
            must("id", SELECTOR, "what the job is called"),
            may("capture", SELECTORS, "what else becomes job.NAME, for upload and close"),
            may(
                    "answers",
                    new Shape.OneOrMore(new Shape.Inside(() -> AnswerShapes.ANSWER)),
                    "what other answers say of its rows, where the job begins by it"));

    private static final BlockShape POLL = REQUEST.with(
            "poll",
            "what asks how a job stands",
            may("every", new Shape.Amount(Shape.Unit.DURATION), "how long between two questions; 5s"),
            may("longest", new Shape.Amount(Shape.Unit.DURATION), "after which it is left to a later run; 1h"),
            must("done", CONDITION, "it is done"),
            may("failed", CONDITION, "it has ended without all rows"),
            may("failed_rest", words(Join.Rest.class), "then, what becomes of rows that no result names; unknown"),
            may(
                    "answers",
                    new Shape.OneOrMore(block(ANSWER)),
                    "when it is done or has failed: what the answer itself says of rows, in place of results; the first whose 'when' holds"),
            may("gone", CONDITION, "the destination knows it no more"));

    private static final BlockShape RESULTS = new BlockShape(
            "results",
            "results",
            REQUEST.with(
                            "results",
                            "results",
                            may("format", words(JobSpec.Format.class), "how they are written; json"),
                            may("when", CONDITION, "the answers that hold them; {status: 2xx}"),
                            must("join", words(JobSpec.By.class), "how they name rows"),
                            may("ok", new Shape.OneOrMore(block(OK)), "what accepts rows"),
                            may("fail", new Shape.OneOrMore(block(FAIL)), "what refuses rows"),
                            may("pages", block(PAGES), "where they go on"))
                    .keys(),
            List.of(
                    new BlockShape.Choice(List.of("get", "post", "put", "patch", "delete"), false),
                    new BlockShape.Choice(List.of("body", "json_lines", "form", "csv", "text"), false)));

    /** A job; its batch and nulls are declared with those of operations. */
    static BlockShape job(Shape batch, Shape nulls) {
        return BlockShape.of(
                "job",
                "a job",
                must("batch", batch, "how many rows go together"),
                may("nulls", nulls, "as what a null goes"),
                must("create", block(CREATE), "makes it"),
                may("upload", block(REQUEST), "sends the rows, where create has not"),
                may("close", block(REQUEST), "starts it, where it does not start by itself"),
                must("poll", block(POLL), "asks how it stands"),
                may("results", new Shape.OneOrMore(block(RESULTS)), "what became of rows"),
                may("rest", words(Join.Rest.class), "what becomes of rows that no result names; unknown"),
                may("counts", block(COUNTED), "numbers of the last poll that must add up"),
                may("abort", block(REQUEST), "gives up a job that was not closed"));
    }

    private AnswerShapes() {}

    /** Where a wait stands. */
    static Shape waits() {
        BlockShape wait = READING.with(
                "wait", "how long to wait", may("midnight", TEXT, "until the next day begins in this zone"));
        BlockShape free = new BlockShape(
                wait.id(),
                wait.name(),
                wait.keys(),
                List.of(new BlockShape.Choice(List.of("header", "body", "midnight"), true)));
        Shape word =
                new Shape.Like("backoff, midnight, a duration or a block", "backoff|midnight|[0-9]{1,9}(ms|s|m|h|d)");
        return new Shape.OneOrMore(either(word, block(free)));
    }
}
