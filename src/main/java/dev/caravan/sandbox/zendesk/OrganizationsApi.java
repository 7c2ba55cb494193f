package dev.caravan.sandbox.zendesk;

import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Organizations, unique by name and by external id. */
final class OrganizationsApi {

    private final Records organizations;

    OrganizationsApi(Ground ground) {
        this.organizations = new Records(ground, new OrganizationForm(), "external_id", "name");
    }

    Records all() {
        return organizations;
    }

    Reply delete(Request request, Map<String, String> captured) {
        return organizations.remove(request.number(), Records.id(captured)).isPresent()
                ? Reply.empty(204)
                : Failures.notFound();
    }

    Reply search(Request request, Map<String, String> captured) {
        Set<String> ids = new TreeSet<>();
        for (String key : Set.of("external_id", "name")) {
            request.query(key)
                    .ifPresent(value -> ids.addAll(organizations.table().find(key, value)));
        }
        return organizations.found(ids);
    }
}
