package dev.caravan.config.settings;

import dev.caravan.config.settings.Connection.Salesforce.Duplicates;
import dev.caravan.config.settings.Connection.Salesforce.Proof;
import dev.caravan.problem.Problem;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Section;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads connections to Salesforce. */
record SalesforceReader(SettingReader settings, UseReader use, Findings findings) implements KindReader {

    @Override
    public BlockShape shape() {
        return SettingShapes.of(Catalogue.SALESFORCE);
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
                "zombie_window",
                "duplicate_rules");
    }

    @Override
    public Optional<Connection> read(Entry entry, Section section) {
        Optional<Setting> url = section.text("login_url").map(settings::setting).filter(this::isAddress);
        Optional<Setting> id = section.text("client_id").map(settings::setting);
        Optional<Proof> proof = proof(section);
        Optional<String> version =
                section.has("api_version") ? section.text("api_version").map(Located::value) : Optional.of("v60.0");
        Optional<Limits> limits = section.has("limits") ? use.limits(section) : Optional.of(Limits.DEFAULT);
        Optional<Duration> zombies = use.zombieWindow(section);
        Duplicates duplicates =
                section.word("duplicate_rules", Duplicates.class).orElse(Duplicates.OBEY);
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

    /** Of two ways to log in none is chosen: the shape has told that there are two. */
    private Optional<Proof> proof(Section section) {
        Optional<Setting> secret = section.text("client_secret").map(settings::setting);
        if (!section.has("private_key")) {
            return secret.map(Proof.ClientSecret::new);
        }
        Optional<Setting> user = section.text("username").map(settings::setting);
        Optional<Setting> key = section.text("private_key").map(settings::setting);
        Optional<String> audience = section.text("audience").map(Located::value);
        return section.has("client_secret")
                ? Optional.empty()
                : user.flatMap(name -> key.map(pem -> new Proof.SignedAssertion(name, pem, audience)));
    }

    private boolean isAddress(Setting url) {
        Optional<Problem> wrong = Address.problem(url, Address.ORGANISATION);
        wrong.ifPresent(findings::report);
        return wrong.isEmpty();
    }
}
