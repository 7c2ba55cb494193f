package dev.caravan.sandbox.intercom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import java.time.Instant;
import java.util.List;

/** All that a contact has, most of it null, in the order of recorded answers. */
final class ContactForm {

    /** Kept with a contact, but not shown. */
    static final String ARCHIVED = "_archived";

    private ContactForm() {}

    static ObjectNode fresh(String id, String role, Instant now) {
        ObjectNode json = Json.object()
                .put("type", "contact")
                .put("id", id)
                .put("workspace_id", Intercom.WORKSPACE)
                .putNull("external_id")
                .put("role", role);
        List.of("email", "phone", "name", "avatar", "owner_id").forEach(json::putNull);
        empty(json.putObject("social_profiles"));
        json.put("has_hard_bounced", false)
                .put("marked_email_as_spam", false)
                .put("unsubscribed_from_emails", false)
                .put("created_at", now.getEpochSecond())
                .put("updated_at", now.getEpochSecond());
        List.of(
                        "signed_up_at",
                        "last_seen_at",
                        "last_replied_at",
                        "last_contacted_at",
                        "last_email_opened_at",
                        "last_email_clicked_at",
                        "language_override",
                        "browser",
                        "browser_version",
                        "browser_language",
                        "os")
                .forEach(json::putNull);
        ObjectNode location = json.putObject("location").put("type", "location");
        List.of("country", "region", "city").forEach(location::putNull);
        for (String system : List.of("android", "ios")) {
            List.of("app_name", "app_version", "device", "os_version", "sdk_version", "last_seen_at")
                    .forEach(name -> json.putNull(system + "_" + name));
        }
        json.putObject("custom_attributes");
        lists(json, id);
        return json;
    }

    private static void lists(ObjectNode json, String id) {
        for (String list : List.of("tags", "notes", "companies")) {
            ObjectNode node = json.putObject(list);
            empty(node);
            node.put("url", "/contacts/" + id + "/" + list)
                    .put("total_count", 0)
                    .put("has_more", false);
        }
    }

    private static void empty(ObjectNode list) {
        list.put("type", "list").putArray("data");
    }
}
