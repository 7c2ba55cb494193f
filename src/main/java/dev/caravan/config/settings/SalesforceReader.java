package dev.caravan.config.settings;

import dev.caravan.config.settings.Connection.Salesforce.Duplicates;
import dev.caravan.config.settings.Connection.Salesforce.Proof;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads connections to Salesforce. */
record SalesforceReader(SettingReader settings, UseReader use, Findings findings) implements KindReader {

    private static final Pattern API_VERSION = Pattern.compile("v[0-9]{2,3}\\.0");

    @Override
    public Keys keys() {
        return Keys.of(
                "connector",
                "login_url",
                "client_id",
                "client_secret",
                "username",
                "private_key",
                "audience",
                "api_version",
                "limits",
                "duplicate_rules",
                "zombie_window");
    }

    @Override
    public Set<String> open() {
        return Set.of(
                "connector",
                "login_url",
                "client_id",
                "username",
                "audience",
                "api_version",
                "limits",
                "duplicate_rules",
                "zombie_window");
    }

    @Override
    public Optional<Connection> read(Entry entry, Section section) {
        Optional<Setting> url = section.requiredText("login_url").flatMap(this::url);
        Optional<Setting> id = section.requiredText("client_id").flatMap(settings::setting);
        Optional<Proof> proof = section.has("private_key") ? signed(section) : secret(section);
        Optional<String> version =
                section.has("api_version") ? section.text("api_version").flatMap(this::version) : Optional.of("v60.0");
        Optional<Limits> limits = section.has("limits") ? use.limits(section) : Optional.of(Limits.DEFAULT);
        Optional<Duration> zombies = use.zombieWindow(section);
        Duplicates duplicates = section.node("duplicate_rules")
                .flatMap(node -> Scalars.word(node, "'duplicate_rules'", Duplicates.class, List.of(), findings))
                .orElse(Duplicates.OBEY);
        if (url.isEmpty() || id.isEmpty() || proof.isEmpty() || version.isEmpty() || limits.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Connection.Salesforce(
                entry.key(),
                url.get(),
                id.get(),
                proof.get(),
                version.get(),
                limits.get(),
                zombies,
                duplicates,
                entry.place()));
    }

    private Optional<Proof> secret(Section section) {
        for (String key : List.of("username", "audience")) {
            section.node(key)
                    .ifPresent(node -> findings.report(
                            Code.YAML_MISSING_KEY,
                            node.place(),
                            "'" + key + "' goes with 'private_key', which is missing",
                            "give the key of a signed log-in, or leave '" + key + "' out"));
        }
        return section.required("client_secret")
                .flatMap(node -> settings.secret(node, "client_secret"))
                .map(Proof.ClientSecret::new);
    }

    private Optional<Proof> signed(Section section) {
        section.node("client_secret")
                .ifPresent(node -> findings.report(
                        Code.YAML_BAD_VALUE,
                        node.place(),
                        "'client_secret' and 'private_key' are two ways to log in",
                        "keep the one that the connected app is set up for"));
        Optional<Setting> user = section.requiredText("username").flatMap(settings::setting);
        Optional<Setting> key = section.required("private_key").flatMap(node -> settings.secret(node, "private_key"));
        Optional<String> audience = section.text("audience").map(Located::value);
        return section.has("client_secret")
                ? Optional.empty()
                : user.flatMap(name -> key.map(pem -> new Proof.SignedAssertion(name, pem, audience)));
    }

    private Optional<Setting> url(Located<String> text) {
        Optional<Setting> setting = settings.setting(text);
        Optional<Problem> wrong = setting.flatMap(Address::problem);
        wrong.ifPresent(findings::report);
        return wrong.isPresent() ? Optional.empty() : setting;
    }

    private Optional<String> version(Located<String> text) {
        if (API_VERSION.matcher(text.value()).matches()) {
            return Optional.of(text.value());
        }
        findings.report(Code.YAML_BAD_VALUE, text.place(), "not an API version", "write it like v60.0");
        return Optional.empty();
    }
}
