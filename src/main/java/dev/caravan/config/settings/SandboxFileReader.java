package dev.caravan.config.settings;

import dev.caravan.config.settings.SandboxFile.ObjectEntry;
import dev.caravan.config.settings.SandboxFile.Quirks;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Amounts;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code sandbox.yaml}. Its client secret may stand there: it opens nothing but a stand-in on this machine. */
public final class SandboxFileReader {

    private static final Keys TOP = Keys.of(
                    "organisation",
                    "client_id",
                    "client_secret",
                    "username",
                    "certificate",
                    "token_lifetime",
                    "new_login_ends_older",
                    "latency",
                    "daily_limit",
                    "seed",
                    "quirks",
                    "objects")
            .later("records", "port");
    private static final Keys QUIRKS =
            Keys.of("bad_record_fails_request", "limit_info", "bulk_batch_time", "bulk_batch_rows");
    private static final Keys OBJECT = Keys.of("fields", "record_types").later("label", "records");
    private static final Pattern ORGANISATION = Pattern.compile("00D[A-Za-z0-9]{12}([A-Z0-5]{3})?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    private final Findings findings;
    private final SandboxFieldReader fields;

    public SandboxFileReader(Findings findings) {
        this.findings = findings;
        this.fields = new SandboxFieldReader(findings);
    }

    /** What the document says, as far as it is sound. */
    public SandboxFile read(YamlNode document) {
        return Section.open(document, "sandbox.yaml", TOP, findings)
                .map(this::sandbox)
                .orElse(SandboxFile.NONE);
    }

    private SandboxFile sandbox(Section top) {
        return new SandboxFile(
                top.text("organisation").flatMap(this::organisation),
                top.text("client_id").map(Located::value),
                top.text("client_secret").map(Located::value),
                top.text("username").map(Located::value),
                top.text("certificate").flatMap(this::certificate),
                duration(top, "token_lifetime"),
                flag(top, "new_login_ends_older"),
                duration(top, "latency"),
                whole(top, "daily_limit", 1, Integer.MAX_VALUE).map(Math::toIntExact),
                whole(top, "seed", Long.MIN_VALUE, Long.MAX_VALUE),
                top.node("quirks").flatMap(this::quirks).orElse(Quirks.NONE),
                top.node("objects").map(this::objects).orElse(List.of()));
    }

    private Optional<String> organisation(Located<String> text) {
        if (ORGANISATION.matcher(text.value()).matches()) {
            return Optional.of(text.value());
        }
        findings.report(
                Code.YAML_BAD_VALUE,
                text.place(),
                "not an organisation's id",
                "write 00D and 12 letters or digits, such as 00DSb0000000001");
        return Optional.empty();
    }

    private Optional<String> certificate(Located<String> text) {
        if (Certificates.readable(text.value())) {
            return Optional.of(text.value());
        }
        findings.report(
                Code.YAML_BAD_VALUE,
                text.place(),
                "neither a certificate nor a public RSA key in PEM",
                "write certificate: | and below it, indented, the lines of the file");
        return Optional.empty();
    }

    private Optional<Quirks> quirks(YamlNode node) {
        return Section.open(node, "'quirks'", QUIRKS, findings)
                .map(section -> new Quirks(
                        flag(section, "bad_record_fails_request"),
                        flag(section, "limit_info"),
                        duration(section, "bulk_batch_time"),
                        whole(section, "bulk_batch_rows", 1, 10_000).map(Math::toIntExact)));
    }

    private List<ObjectEntry> objects(YamlNode node) {
        List<ObjectEntry> objects = new ArrayList<>();
        Section.openFree(node, "'objects'", findings)
                .ifPresent(section ->
                        section.block().entries().forEach(entry -> object(entry).ifPresent(objects::add)));
        return objects;
    }

    private Optional<ObjectEntry> object(Entry entry) {
        if (!NAME.matcher(entry.key()).matches()) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    entry.place(),
                    "'" + entry.key() + "' cannot name an object",
                    "use its API name");
        }
        return Section.open(entry.value(), "an object", OBJECT, findings)
                .map(section -> new ObjectEntry(
                        entry.key(),
                        section.node("fields")
                                .flatMap(node -> Section.openFree(node, "'fields'", findings))
                                .map(fields::read)
                                .orElse(List.of()),
                        section.node("record_types")
                                .flatMap(node -> Scalars.texts(node, "'record_types'", findings))
                                .map(this::recordTypes)
                                .orElse(List.of())));
    }

    private List<String> recordTypes(List<Located<String>> names) {
        names.stream()
                .filter(name -> !NAME.matcher(name.value()).matches())
                .forEach(name -> findings.report(
                        Code.YAML_BAD_VALUE,
                        name.place(),
                        "'" + name.value() + "' cannot name a record type",
                        "use its developer name"));
        return names.stream().map(Located::value).toList();
    }

    private Optional<Duration> duration(Section section, String key) {
        return section.node(key).flatMap(node -> Amounts.duration(node, "'" + key + "'", findings));
    }

    private Optional<Boolean> flag(Section section, String key) {
        return section.node(key).flatMap(node -> Scalars.flag(node, "'" + key + "'", findings));
    }

    private Optional<Long> whole(Section section, String key, long min, long max) {
        return section.node(key).flatMap(node -> Scalars.whole(node, "'" + key + "'", min, max, findings));
    }
}
