package dev.caravan.sandbox.vendor;

import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.fault.Probe.Kind;
import dev.caravan.sandbox.http.Api;
import dev.caravan.sandbox.http.Operation;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All APIs of one server: a request goes to the vendor that its first path segment names, else to the API at the root. */
public final class Vendors implements Api {

    private final Api root;
    private final Map<String, Vendor> byName = new LinkedHashMap<>();

    public Vendors(Api root, List<Vendor> vendors) {
        this.root = root;
        vendors.forEach(vendor -> byName.put(vendor.name(), vendor));
    }

    public Optional<Vendor> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<Vendor> all() {
        return byName.values();
    }

    /** What the requests of all vendors are called; those of the root are not among them. */
    public Map<String, Kind> operations() {
        Map<String, Kind> operations = new LinkedHashMap<>();
        byName.values().forEach(vendor -> operations.putAll(vendor.operations()));
        return operations;
    }

    /** Whether some vendor has an object of that name. */
    public boolean hasObject(String object) {
        return byName.values().stream().anyMatch(vendor -> vendor.counts().containsKey(object));
    }

    @Override
    public Operation operation(Request request) {
        Optional<Vendor> vendor = vendor(request);
        return vendor.isPresent() ? vendor.get().operation(request.below()) : root.operation(request);
    }

    @Override
    public Reply answer(Request request) {
        Optional<Vendor> vendor = vendor(request);
        if (vendor.isEmpty()) {
            return root.answer(request);
        }
        request.effect().ifPresent(effect -> carryOut(vendor.get(), effect));
        return vendor.get().answer(request.below());
    }

    @Override
    public Reply brokenDown(Request request) {
        Optional<Vendor> vendor = vendor(request);
        return vendor.isPresent() ? vendor.get().brokenDown(request.below()) : root.brokenDown(request);
    }

    private Optional<Vendor> vendor(Request request) {
        return request.segments().isEmpty()
                ? Optional.empty()
                : find(request.segments().getFirst());
    }

    private static void carryOut(Vendor vendor, FaultAction.Effect effect) {
        switch (effect) {
            case FaultAction.ExpireTokens expire -> vendor.expireTokens();
            case FaultAction.ExhaustQuota exhaust -> vendor.exhaust();
            case FaultAction.Lock lock -> {}
            case FaultAction.FailJob failJob -> {}
        }
    }
}
