package dev.caravan.sandbox.salesforce;

import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.fault.Faults;
import dev.caravan.sandbox.fault.Probe.Kind;
import dev.caravan.sandbox.http.Api;
import dev.caravan.sandbox.http.Operation;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.http.Router;
import dev.caravan.sandbox.ledger.Ledger;
import dev.caravan.sandbox.salesforce.bulk.BulkApi;
import dev.caravan.sandbox.salesforce.bulk.Jobs;
import dev.caravan.sandbox.salesforce.dml.ParentLocks;
import dev.caravan.sandbox.salesforce.query.Permissions;
import dev.caravan.sandbox.salesforce.query.QueryApi;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import dev.caravan.sandbox.salesforce.store.Store;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.sandbox.vendor.Settings;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The imitated organisation: routes a request, checks its token and the daily allowance, and has it answered. That a missing
 * or ended token is answered with {@code WWW-Authenticate: Token} rests on documentation.
 */
public final class Salesforce implements Api, AutoCloseable {

    private static final Pattern VERSION = Pattern.compile("v[2-9]\\d\\.\\d");
    private static final Pattern FIRST_TYPE = Pattern.compile("\"type\"\\s*:\\s*\"(\\w+)\"");
    private static final int LONGEST_URI = 16_384;
    private static final String DATA = "/services/data/{v}";

    private final Schemas schemas;
    private final Store store;
    private final Organisation organisation;
    private final Records records;
    private final Tokens tokens;
    private final Limits limits;
    private final boolean limitInfo;
    private final Jobs jobs;
    private final Router router;
    private final Settings settings =
            Settings.none().trap(DuplicateRules.SETTING, true).number(ParentLocks.SETTING, 5);

    public Salesforce(SandboxSpec spec, Faults faults, Ledger ledger, InstantSource clock) {
        this.schemas = new Schemas(spec.objects());
        this.store = new Store(schemas, ledger);
        this.organisation = new Organisation(spec.organisationId(), schemas, store);
        this.records = new Records(schemas, store, clock);
        this.tokens = new Tokens(spec.login(), clock);
        this.limits = new Limits(spec.dailyLimit(), clock);
        this.limitInfo = spec.quirks().limitInfo();
        LoginApi login = new LoginApi(spec.login(), tokens, organisation, clock);
        ParentLocks locks = new ParentLocks(store, settings);
        CollectionsApi collections =
                new CollectionsApi(schemas, store, spec.quirks().badRecordFailsRequest(), settings, locks);
        MetaApi meta = new MetaApi(schemas, limits);
        this.router = new Router();
        routeLogin(login);
        routeMeta(meta);
        routeCollections(collections);
        this.jobs = new Jobs(spec, schemas, store, faults, clock, locks);
        new BulkApi(schemas, jobs, clock, settings).route(router, DATA);
        routeRecords(
                new RecordsApi(schemas, store, settings),
                new QueryApi(schemas, store, new Permissions(spec.quirks().seesAll())));
    }

    private void routeLogin(LoginApi login) {
        router.add("POST", "/services/oauth2/token", "login", Kind.LOGIN, login::token)
                .add("GET", "/services/oauth2/revoke", "revoke", Kind.LOGIN, login::revoke)
                .add("POST", "/services/oauth2/revoke", "revoke", Kind.LOGIN, login::revoke)
                .add("GET", "/services/oauth2/userinfo", "userinfo", Kind.READ, login::userInfo);
    }

    private void routeMeta(MetaApi meta) {
        router.add("GET", "/services/data", "versions", Kind.LOGIN, meta::versions)
                .add("GET", DATA, "resources", Kind.READ, meta::resources)
                .add("GET", DATA + "/limits", "limits", Kind.READ, meta::limits)
                .add("GET", DATA + "/sobjects", "describe.global", Kind.READ, meta::objects)
                .add("GET", DATA + "/sobjects/{object}/describe", "describe", Kind.READ, meta::describe);
    }

    private void routeCollections(CollectionsApi collections) {
        String path = DATA + "/composite/sobjects";
        router.add("POST", path, "collections.insert", Kind.WRITE, collections::insert)
                .add("PATCH", path, "collections.update", Kind.WRITE, collections::update)
                .add("DELETE", path, "collections.delete", Kind.WRITE, collections::delete)
                .add("PATCH", path + "/{object}/{field}", "collections.upsert", Kind.WRITE, collections::upsert);
    }

    private void routeRecords(RecordsApi single, QueryApi query) {
        String object = DATA + "/sobjects/{object}";
        String byKey = object + "/{field}/{value}";
        router.add("POST", object, "record.insert", Kind.WRITE, single::insert)
                .add("POST", object + "/Id", "record.insert", Kind.WRITE, single::insert)
                .add("GET", object + "/{id}", "record.get", Kind.READ, single::get)
                .add("PATCH", object + "/{id}", "record.update", Kind.WRITE, single::update)
                .add("DELETE", object + "/{id}", "record.delete", Kind.WRITE, single::delete)
                .add("GET", byKey, "record.get", Kind.READ, single::getByKey)
                .add("PATCH", byKey, "record.upsert", Kind.WRITE, single::upsert)
                .add("DELETE", byKey, "record.delete", Kind.WRITE, single::deleteByKey)
                .add("GET", DATA + "/query", "query", Kind.READ, query::query)
                .add("GET", DATA + "/queryAll", "query", Kind.READ, query::queryAll)
                .add("POST", DATA + "/composite/sobjects/{object}", "collections.get", Kind.READ, query::retrieve)
                .add("GET", DATA + "/query/{locator}", "query.more", Kind.READ, query::more);
    }

    /** Its traps, which may be switched while it answers. */
    public Settings settings() {
        return settings;
    }

    /** The records, for looking in from outside. */
    public Records records() {
        return records;
    }

    /** Live records by object, the organisation's own record and users left out. */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>(store.counts());
        counts.keySet().removeAll(Set.of("Organization", "User"));
        return counts;
    }

    /** What requests and batches of jobs are called in statistics, the log and faults, and the kind of work each name stands for. */
    public Map<String, Kind> operations() {
        Map<String, Kind> operations = router.names();
        operations.put(Operation.PROCESSING, Kind.PROCESS);
        return operations;
    }

    /** The objects and fields, which may be changed while running. */
    public Schemas schemas() {
        return schemas;
    }

    /** The 18-character organisation id. */
    public String organisationId() {
        return organisation.id();
    }

    /** Answers as another organisation from now on; tokens of the former one end. */
    public void becomeOrganisation(String id) {
        organisation.become(id);
        tokens.expireAll();
    }

    public void expireTokens() {
        tokens.expireAll();
    }

    /** Successful log-ins so far. */
    public long logins() {
        return tokens.logins();
    }

    /** Requests counted against the daily allowance so far. */
    public int apiUsage() {
        return limits.used();
    }

    public int apiMaximum() {
        return limits.max();
    }

    /** Bulk jobs, oldest first. */
    public List<Jobs.Summary> jobs() {
        return jobs.summaries();
    }

    @Override
    public void close() {
        jobs.close();
    }

    /** Forgets jobs, records, tokens and counts; schemas stay as they are. */
    public void reset() {
        jobs.clear();
        store.clear();
        organisation.settle();
        tokens.reset();
        limits.reset();
    }

    @Override
    public Operation operation(Request request) {
        Optional<Router.Found> found = router.find(request);
        String object =
                found.map(it -> it.captured().getOrDefault("object", "")).orElse("");
        if (object.isEmpty() && request.path().contains("/composite/")) {
            Matcher type = FIRST_TYPE.matcher(request.text());
            object = type.find() ? type.group(1) : "";
        }
        return new Operation(
                found.map(it -> it.route().name()).orElse("unknown"),
                object,
                found.map(it -> it.route().kind()).orElse(Kind.READ));
    }

    @Override
    public Reply answer(Request request) {
        Optional<Router.Found> found = router.find(request);
        if (found.isPresent() && found.get().route().kind() == Kind.LOGIN) {
            return found.get().route().handler().answer(request, found.get().captured());
        }
        if (request.head().uriLength() > LONGEST_URI) {
            return Reply.text(414, "URI Too Long");
        }
        request.effect().ifPresent(this::carryOut);
        if (!tokens.valid(token(request))) {
            return Errors.reply(401, "INVALID_SESSION_ID", "Session expired or invalid")
                    .with("WWW-Authenticate", "Token");
        }
        Reply reply = limits.spend() ? answer(request, found) : overQuota();
        return limitInfo ? reply.with("Sforce-Limit-Info", limits.header()) : reply;
    }

    @Override
    public Reply brokenDown(Request request) {
        return Errors.reply(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred in the sandbox");
    }

    private Reply answer(Request request, Optional<Router.Found> found) {
        if (found.isEmpty()) {
            Set<String> methods = router.methods(request);
            return methods.isEmpty()
                    ? Errors.notFound()
                    : Errors.reply(
                            405,
                            "METHOD_NOT_ALLOWED",
                            "HTTP Method '" + request.method() + "' not allowed. Allowed are "
                                    + String.join(",", methods));
        }
        String version = found.get().captured().getOrDefault("v", "v60.0");
        return VERSION.matcher(version).matches()
                ? found.get().route().handler().answer(request, found.get().captured())
                : Errors.notFound();
    }

    private void carryOut(FaultAction.Effect effect) {
        switch (effect) {
            case FaultAction.ExpireTokens expire -> tokens.expireAll();
            case FaultAction.ExhaustQuota exhaust -> limits.exhaust();
            case FaultAction.Lock lock -> {}
            case FaultAction.FailJob failJob -> {}
        }
    }

    private static Reply overQuota() {
        return Errors.reply(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    }

    private static String token(Request request) {
        String header = request.header("authorization").orElse("");
        int space = header.indexOf(' ');
        String scheme = space < 0 ? "" : header.substring(0, space);
        boolean known = scheme.equalsIgnoreCase("Bearer") || scheme.equalsIgnoreCase("OAuth");
        return known ? header.substring(space + 1).strip() : "";
    }
}
