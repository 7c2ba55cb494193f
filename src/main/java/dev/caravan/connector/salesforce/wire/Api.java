package dev.caravan.connector.salesforce.wire;

import dev.caravan.destination.Action;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Request.Replay;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The requests of the REST and Bulk 2.0 APIs in one version. Every one carries {@code Sforce-Call-Options: client=…}, which
 * comes back in change events as their origin, so that our own changes can be told from others'.
 */
public final class Api {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,79}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{15,18}");
    private static final Pattern VERSION = Pattern.compile("\\d{2,3}\\.0");
    private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String base;
    private final String client;
    private final Duration timeout;
    private final boolean saveDuplicates;

    /**
     * @param version such as {@code 66.0}
     * @param client what change events call us: letters, digits, dots, dashes, underscores
     * @param saveDuplicates whether a duplicate rule that only warns is passed over
     */
    public Api(String version, String client, Duration timeout, boolean saveDuplicates) {
        this.saveDuplicates = saveDuplicates;
        if (!VERSION.matcher(version).matches() || !CLIENT.matcher(client).matches()) {
            throw new IllegalArgumentException("not an API version and a client name");
        }
        this.base = "/services/data/v" + version;
        this.client = client;
        this.timeout = timeout;
    }

    /** What is asked for is not among the capabilities, which was to be checked before. */
    public static IllegalArgumentException impossible(Action action) {
        return new IllegalArgumentException("Salesforce has no " + action);
    }

    /** Whether this can be an object's or field's API name, and so a part of a path. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether this can be the id of a record or a job. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Asks for an object's fields. */
    public HttpRequest describe(String object) {
        return get("/sobjects/" + encode(object) + "/describe");
    }

    /** Creates or updates records by a key field. */
    public HttpRequest upsert(String object, String keyField, Body records) {
        return saving(Method.PATCH, "/composite/sobjects/" + encode(object) + "/" + encode(keyField), records);
    }

    /** Creates records. */
    public HttpRequest insert(Body records) {
        return saving(Method.POST, "/composite/sobjects", records);
    }

    /** Updates records by id. */
    public HttpRequest update(Body records) {
        return saving(Method.PATCH, "/composite/sobjects", records);
    }

    /** Deletes records by id. */
    public HttpRequest delete(List<String> ids) {
        String path = "/composite/sobjects?ids=" + encode(String.join(",", ids)) + "&allOrNone=false";
        return request(Method.DELETE, path, Body.EMPTY, "", Replay.NEVER);
    }

    /** Runs a query; the first page of its rows. */
    public HttpRequest query(String soql) {
        return get("/query?q=" + encode(soql));
    }

    /** The same, of deleted records too. */
    public HttpRequest queryAll(String soql) {
        return get("/queryAll?q=" + encode(soql));
    }

    /** The next page of a query; empty if the place it names is none of ours. */
    public Optional<HttpRequest> more(String nextRecordsUrl) {
        return nextRecordsUrl.matches("/services/data/v[0-9.]+/query/[A-Za-z0-9-]+")
                ? Optional.of(HttpRequest.get(nextRecordsUrl, timeout).withHeader("Sforce-Call-Options", options()))
                : Optional.empty();
    }

    /** Creates a job. */
    public HttpRequest createJob(Body job) {
        return saving(Method.POST, "/jobs/ingest", job);
    }

    /** Uploads a job's rows; once per job. */
    public HttpRequest upload(String jobId, Body csv) {
        return request(Method.PUT, job(jobId) + "/batches", csv, "text/csv", Replay.NEVER);
    }

    /** Starts an uploaded job. */
    public HttpRequest closeJob(String jobId) {
        return json(Method.PATCH, job(jobId), state("UploadComplete"), Replay.NEVER);
    }

    /** Aborts a job. */
    public HttpRequest abortJob(String jobId) {
        return json(Method.PATCH, job(jobId), state("Aborted"), Replay.SAME_STATE);
    }

    /** Asks where a job stands. */
    public HttpRequest jobState(String jobId) {
        return get(job(jobId));
    }

    /** One of a job's three result files, as the last part of its path. */
    public HttpRequest results(String jobId, String file) {
        return get(job(jobId) + "/" + file);
    }

    /** How many characters of a path this text takes. */
    public static int lengthInPath(String text) {
        return encode(text).length();
    }

    private static String job(String jobId) {
        return "/jobs/ingest/" + encode(jobId);
    }

    private static Body state(String state) {
        return JsonBody.write(json -> {
            json.writeStartObject();
            json.writeStringField("state", state);
            json.writeEndObject();
        });
    }

    private String options() {
        return "client=" + client;
    }

    private HttpRequest get(String path) {
        return request(Method.GET, path, Body.EMPTY, "", Replay.READ);
    }

    /** What duplicate rules look at. */
    private HttpRequest saving(Method method, String path, Body body) {
        HttpRequest request = json(method, path, body, Replay.NEVER);
        return saveDuplicates ? request.withHeader("Sforce-Duplicate-Rule-Header", "allowSave=true") : request;
    }

    private HttpRequest json(Method method, String path, Body body, Replay replay) {
        return request(method, path, body, "application/json", replay);
    }

    private HttpRequest request(Method method, String path, Body body, String type, Replay replay) {
        return new HttpRequest(
                method, base + path, Map.of("Sforce-Call-Options", options()), body, type, replay, timeout);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
