package dev.caravan.connector.declared.render;

import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.spec.Nulls;
import dev.caravan.connector.declared.spec.RequestSpec;
import dev.caravan.connector.declared.template.BatchScope;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.connector.declared.template.Faults.Fault;
import dev.caravan.connector.declared.template.RowData;
import dev.caravan.connector.declared.template.Scope;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Request.Replay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cuts rows into requests that keep the destination's limits. One use, one thread. */
public final class Parcels {

    private final Errand errand;
    private final BatchSpec limits;
    private final RequestSpec request;
    private final Replay replay;
    private final Rows rows;
    private final List<Parcel> parcels = new ArrayList<>();
    private final Map<Integer, Outcome> settled = new LinkedHashMap<>();

    /** For requests of this form. */
    public Parcels(Errand errand, BatchSpec limits, Nulls nulls, RequestSpec request, Replay replay) {
        this.errand = errand;
        this.limits = limits;
        this.request = request;
        this.replay = replay;
        this.rows = new Rows(errand, nulls);
    }

    /** All requests for these rows, in their order as far as groups allow. */
    public Parcel.Cut cut(List<Item> items) {
        List<Item> sendable = new ArrayList<>();
        for (Item item : items) {
            rows.refused(item)
                    .ifPresentOrElse(
                            field -> settled.put(
                                    item.index(), Refusal.unsendable(field, "nothing clears this field here")),
                            () -> sendable.add(item));
        }
        Groups groups = new Groups(errand, limits, rows);
        for (Groups.Group group : groups.of(sendable)) {
            render(group.name(), group.items());
        }
        settled.putAll(groups.unfit());
        return new Parcel.Cut(parcels, settled);
    }

    private void render(String group, List<Item> items) {
        if (items.isEmpty()) {
            return;
        }
        Faults faults = new Faults();
        HttpRequest whole = filled(group, items, faults);
        if (!faults.none()) {
            render(group, without(items, faults));
            return;
        }
        long bytes = whole.body().length();
        if (limits.rowBytes() > 0 && bytes > limits.rowBytes()) {
            List<Item> small = fitting(group, items);
            if (small.size() < items.size()) {
                render(group, small);
                return;
            }
        }
        if (limits.bytes() > 0 && bytes > limits.bytes()) {
            divide(group, items, bytes);
            return;
        }
        parcels.add(new Parcel(whole, group, items));
    }

    private HttpRequest filled(String group, List<Item> items, Faults faults) {
        return filled(errand, request, replay, rows.of(items), group, faults);
    }

    /** Another request about rows of one group, when more is known; not to be sent if a fault was found on the way. */
    public HttpRequest about(String group, List<Item> items, Errand now, RequestSpec other, Faults faults) {
        return filled(now, other, Replay.NEVER, rows.of(items), group, faults);
    }

    private static HttpRequest filled(
            Errand errand, RequestSpec request, Replay replay, List<RowData> data, String group, Faults faults) {
        BatchScope scope = new BatchScope(errand.known(), Rows.names(data), group, data);
        return Requests.of(errand.spec(), request, scope, replay, faults).carrying(data.size());
    }

    /** Settles the rows at fault; all of them if it is nobody's. */
    private List<Item> without(List<Item> items, Faults faults) {
        Map<Integer, Fault> byPlace = new LinkedHashMap<>();
        faults.all().forEach(fault -> byPlace.putIfAbsent(fault.place(), fault));
        Optional<Fault> nobodys = Optional.ofNullable(byPlace.get(Scope.NO_ROW));
        List<Item> left = new ArrayList<>();
        for (int place = 0; place < items.size(); place++) {
            Item item = items.get(place);
            Fault fault = byPlace.get(place);
            if (nobodys.isPresent()) {
                settled.put(item.index(), Refusal.unmakeable(nobodys.get().reason()));
            } else if (fault != null) {
                settled.put(item.index(), Refusal.unsendable(fault.field().orElse(null), fault.reason()));
            } else {
                left.add(item);
            }
        }
        return left;
    }

    /** Settles the rows that alone add more to the body than one row may. */
    private List<Item> fitting(String group, List<Item> items) {
        long none = filled(group, List.of(), new Faults()).body().length();
        List<Item> small = new ArrayList<>();
        for (Item item : items) {
            long alone = filled(group, List.of(item), new Faults()).body().length() - none;
            if (alone > limits.rowBytes()) {
                settled.put(item.index(), Refusal.tooLarge(alone, limits.rowBytes()));
            } else {
                small.add(item);
            }
        }
        return small;
    }

    private void divide(String group, List<Item> items, long bytes) {
        if (items.size() == 1) {
            settled.put(items.getFirst().index(), Refusal.tooLarge(bytes, limits.bytes()));
            return;
        }
        int pieces = (int) Math.min(items.size(), bytes / limits.bytes() + 1);
        int each = (items.size() + pieces - 1) / pieces;
        for (int from = 0; from < items.size(); from += each) {
            render(group, items.subList(from, Math.min(from + each, items.size())));
        }
    }
}
