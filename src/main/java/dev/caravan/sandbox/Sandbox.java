package dev.caravan.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.braze.Braze;
import dev.caravan.sandbox.fault.Faults;
import dev.caravan.sandbox.google.GoogleAds;
import dev.caravan.sandbox.google.GoogleData;
import dev.caravan.sandbox.http.LocalServer;
import dev.caravan.sandbox.http.RequestLog;
import dev.caravan.sandbox.hubspot.HubSpot;
import dev.caravan.sandbox.intercom.Intercom;
import dev.caravan.sandbox.ledger.Ledger;
import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.sandbox.marketo.Marketo;
import dev.caravan.sandbox.meta.Meta;
import dev.caravan.sandbox.page.Holding;
import dev.caravan.sandbox.salesforce.Edit;
import dev.caravan.sandbox.salesforce.Salesforce;
import dev.caravan.sandbox.salesforce.dml.RowResult;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import dev.caravan.sandbox.vendor.Vendor;
import dev.caravan.sandbox.vendor.Vendors;
import dev.caravan.sandbox.webhook.Webhook;
import dev.caravan.sandbox.zendesk.Zendesk;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A running sandbox, and what tests may look at and order without HTTP. Thread-safe. Closing it drops the socket and all
 * state.
 */
public final class Sandbox implements AutoCloseable {

    private final SandboxClock clock;
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Ledger ledger = new Ledger();
    private final Salesforce salesforce;
    private final Vendors vendors;
    private final LocalServer server;

    private Sandbox(SandboxSpec spec, int port, InstantSource time) throws IOException {
        this.clock = new SandboxClock(time);
        this.salesforce = new Salesforce(spec, faults, ledger, clock);
        this.vendors = new Vendors(salesforce, vendors(new Ground(clock, ledger, spec.seed())));
        spec.settings().forEach(this::change);
        LocalServer.Apis apis = new LocalServer.Apis(vendors, new ControlApi(this));
        this.server = new LocalServer(port, spec.latency(), clock, faults, log, apis);
    }

    /**
     * Starts on 127.0.0.1; port 0 takes any free one.
     *
     * @throws IOException when the port cannot be bound
     */
    public static Sandbox start(SandboxSpec spec, int port) throws IOException {
        return start(spec, port, InstantSource.system());
    }

    /** Starts with a clock of the caller's, on which timestamps, token age and daily limits depend. */
    public static Sandbox start(SandboxSpec spec, int port, InstantSource time) throws IOException {
        return new Sandbox(spec, port, time);
    }

    /** The root, without a trailing slash; also the log-in URL of the imitated Salesforce. */
    public URI baseUri() {
        return server.uri();
    }

    public SandboxClock clock() {
        return clock;
    }

    public Faults faults() {
        return faults;
    }

    /** Every live record of an object in the order of creation; null fields are left out. */
    public List<ObjectNode> records(String object) {
        return salesforce.records().all(object);
    }

    /** The live record with this value in an external id or other indexed field, or {@code Id}. */
    public Optional<ObjectNode> record(String object, String field, String value) {
        return salesforce.records().find(object, field, value);
    }

    /** Every applied row write of all APIs, oldest first. */
    public List<WriteEntry> writes() {
        return ledger.all();
    }

    /** The APIs beside Salesforce, each under the prefix that is its name. */
    public Vendors vendors() {
        return vendors;
    }

    /** The API of that name, such as {@code hubspot}, for what has no shorter way here. */
    public Vendor vendor(String name) {
        return vendors.find(name).orElseThrow();
    }

    /** The traps and limits of the API of that name, {@code salesforce} too; empty if there is none. */
    public Optional<Settings> settings(String api) {
        return api.equals("salesforce")
                ? Optional.of(salesforce.settings())
                : vendors.find(api).map(Vendor::settings);
    }

    /** The root of a vendor's API, without a trailing slash. */
    public URI uri(String vendor) {
        return URI.create(baseUri() + "/" + vendor(vendor).name());
    }

    /** The latest API requests, oldest first. */
    public List<RequestLog.Entry> requests() {
        return log.latest();
    }

    /** Changes a record as another user. */
    public RowResult edit(Edit edit) {
        return salesforce.records().edit(edit);
    }

    /** The imitated organisation, for what has no shorter way here. */
    public Salesforce salesforce() {
        return salesforce;
    }

    public Duration latency() {
        return server.latency();
    }

    public void latency(Duration value) {
        server.latency(value);
    }

    public SandboxState state() {
        return new SandboxState(
                salesforce.organisationId(),
                salesforce.counts(),
                log.total(),
                log.byOperation(),
                salesforce.logins(),
                salesforce.apiUsage(),
                salesforce.apiMaximum(),
                ledger.size(),
                salesforce.jobs(),
                faults.list(),
                SandboxState.of(vendors));
    }

    /** Forgets records, writes, jobs, tokens, faults, counts and the request log, of every API. */
    public void reset() {
        faults.clear();
        salesforce.reset();
        vendors.all().forEach(Vendor::reset);
        ledger.clear();
        log.clear();
    }

    /** What each API holds now, for pages. */
    List<Holding> holdings() {
        List<Holding> holdings = new ArrayList<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        salesforce.schemas().all().forEach(object -> counts.put(object.name(), 0));
        counts.keySet().removeAll(Set.of("Organization", "User"));
        counts.putAll(salesforce.counts());
        holdings.add(new Holding("salesforce", "Salesforce", counts, this::records));
        vendors.all()
                .forEach(vendor ->
                        holdings.add(new Holding(vendor.name(), vendor.title(), vendor.counts(), vendor::records)));
        return holdings;
    }

    private static List<Vendor> vendors(Ground ground) {
        return List.of(
                new HubSpot(ground),
                new Marketo(ground),
                new Braze(ground),
                new Zendesk(ground),
                new Intercom(ground),
                new Meta(ground),
                new GoogleData(ground),
                new GoogleAds(ground),
                new Webhook(ground));
    }

    private void change(String vendor, Map<String, Object> settings) {
        settings(vendor).orElseThrow().change(settings).ifPresent(why -> {
            throw new IllegalArgumentException(vendor + ": " + why);
        });
    }

    @Override
    public void close() {
        server.close();
        salesforce.close();
    }
}
