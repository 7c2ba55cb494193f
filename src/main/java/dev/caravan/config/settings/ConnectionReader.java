package dev.caravan.config.settings;

import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.yaml.Amounts;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one entry of {@code connections:}. */
final class ConnectionReader {

    private static final Keys DUCKDB = Keys.of("connector", "path");
    private static final Keys FILES = Keys.of("connector", "path");
    private static final Keys SALESFORCE = Keys.of(
                    "connector", "login_url", "client_id", "client_secret", "api_version", "limits", "zombie_window")
            .later("private_key", "username");

    /** Keys whose values may be shown. Everything else in a connection is hidden from excerpts, misspelt secrets too. */
    private static final Set<String> PUBLIC =
            Set.of("connector", "path", "login_url", "client_id", "api_version", "limits", "zombie_window");

    private static final Pattern API_VERSION = Pattern.compile("v[0-9]{2,3}\\.0");

    private final Path root;
    private final SettingReader settings;
    private final Findings findings;

    ConnectionReader(Path root, Environment environment, Findings findings) {
        this.root = root;
        this.settings = new SettingReader(root, environment, findings);
        this.findings = findings;
    }

    Optional<Connection> read(Entry entry) {
        hideSecrets(entry.value());
        Optional<Section> free = Section.openFree(entry.value(), "a connection", findings);
        Optional<Connector> connector = free.flatMap(section -> section.required("connector"))
                .flatMap(node -> Scalars.word(node, "'connector'", Connector.class, Connector.LATER, findings));
        if (free.isEmpty() || connector.isEmpty()) {
            return Optional.empty();
        }
        Section section = free.get();
        Keys keys = switch (connector.get()) {
            case DUCKDB -> DUCKDB;
            case FILES -> FILES;
            case SALESFORCE -> SALESFORCE;
        };
        section.block().entries().forEach(each -> section.refuseUnknown(each, keys));
        return switch (connector.get()) {
            case DUCKDB -> path(section).map(path -> new Connection.DuckDb(entry.key(), path, entry.place()));
            case FILES -> path(section).map(path -> new Connection.Folder(entry.key(), path, entry.place()));
            case SALESFORCE -> salesforce(entry, section);
        };
    }

    /** Passes over a repeated entry, whose secrets must not show either. */
    Optional<Connection> skip(Entry entry) {
        hideSecrets(entry.value());
        return Optional.empty();
    }

    private void hideSecrets(YamlNode node) {
        if (!(node instanceof YamlNode.Block block)) {
            findings.hide(node.span());
            return;
        }
        for (Entry entry : block.all()) {
            if (!PUBLIC.contains(entry.key()) && !SettingReader.placeholder(entry.value())) {
                findings.hide(entry.value().span());
            }
        }
    }

    private Optional<Path> path(Section section) {
        return section.requiredText("path")
                .map(text -> root.resolve(text.value()).normalize());
    }

    private Optional<Connection> salesforce(Entry entry, Section section) {
        Optional<Setting> url = section.requiredText("login_url").flatMap(this::url);
        Optional<Setting> id = section.requiredText("client_id").flatMap(settings::setting);
        Optional<Setting> secret =
                section.required("client_secret").flatMap(node -> settings.secret(node, "client_secret"));
        Optional<String> version =
                section.has("api_version") ? section.text("api_version").flatMap(this::version) : Optional.of("v60.0");
        Optional<Limits> limits = section.has("limits")
                ? section.node("limits").flatMap(new LimitsReader(findings)::read)
                : Optional.of(Limits.DEFAULT);
        Optional<Duration> zombies = section.has("zombie_window")
                ? section.node("zombie_window").flatMap(node -> Amounts.duration(node, "'zombie_window'", findings))
                : Optional.empty();
        if (url.isEmpty() || id.isEmpty() || secret.isEmpty() || version.isEmpty() || limits.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Connection.Salesforce(
                entry.key(), url.get(), id.get(), secret.get(), version.get(), limits.get(), zombies, entry.place()));
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
