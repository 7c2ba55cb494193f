package dev.caravan.sandbox.spec;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Everything a sandbox is started with. Start from {@link #defaults()} and change what matters.
 *
 * @param organisationId Salesforce organisation id, 15 or 18 characters (see {@link #isOrganisationId})
 * @param login credentials and token lifetime
 * @param latency added to every API request, half before its effect and half after; requests wait side by side
 * @param dailyLimit API requests allowed in 24 hours
 * @param seed of all shuffling of results, so that a run can be repeated
 * @param settings by vendor and name, the traps and limits that are not as usual; values are booleans or whole numbers
 */
public record SandboxSpec(
        String organisationId,
        Login login,
        Duration latency,
        int dailyLimit,
        long seed,
        Quirks quirks,
        List<ObjectSpec> objects,
        Map<String, Map<String, Object>> settings) {

    private static final Pattern ORGANISATION_ID = Pattern.compile("00D[A-Za-z0-9]{12}([A-Z0-5]{3})?");

    public SandboxSpec {
        objects = List.copyOf(objects);
        settings = Map.copyOf(settings);
    }

    /** One demo organisation with the standard objects, no latency and 15,000 requests a day. */
    public static SandboxSpec defaults() {
        return new SandboxSpec(
                "00DSb0000000001",
                Login.defaults(),
                Duration.ZERO,
                15_000,
                20_260_101L,
                Quirks.defaults(),
                List.of(),
                Map.of());
    }

    /** Whether the text has the form of an organisation id. */
    public static boolean isOrganisationId(String text) {
        return ORGANISATION_ID.matcher(text).matches();
    }

    public SandboxSpec withObjects(ObjectSpec... value) {
        return withObjects(List.of(value));
    }

    public SandboxSpec withObjects(List<ObjectSpec> value) {
        return new SandboxSpec(organisationId, login, latency, dailyLimit, seed, quirks, value, settings);
    }

    public SandboxSpec withOrganisationId(String value) {
        return new SandboxSpec(value, login, latency, dailyLimit, seed, quirks, objects, settings);
    }

    public SandboxSpec withLogin(Login value) {
        return new SandboxSpec(organisationId, value, latency, dailyLimit, seed, quirks, objects, settings);
    }

    public SandboxSpec withLatency(Duration value) {
        return new SandboxSpec(organisationId, login, value, dailyLimit, seed, quirks, objects, settings);
    }

    public SandboxSpec withDailyLimit(int value) {
        return new SandboxSpec(organisationId, login, latency, value, seed, quirks, objects, settings);
    }

    public SandboxSpec withSeed(long value) {
        return new SandboxSpec(organisationId, login, latency, dailyLimit, value, quirks, objects, settings);
    }

    public SandboxSpec withQuirks(Quirks value) {
        return new SandboxSpec(organisationId, login, latency, dailyLimit, seed, value, objects, settings);
    }

    /** With these settings of a vendor changed, beside those changed before of other vendors. */
    public SandboxSpec withSettings(String vendor, Map<String, Object> value) {
        Map<String, Map<String, Object>> all = new HashMap<>(settings);
        all.put(vendor, Map.copyOf(value));
        return new SandboxSpec(organisationId, login, latency, dailyLimit, seed, quirks, objects, all);
    }
}
