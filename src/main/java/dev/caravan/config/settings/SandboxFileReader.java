package dev.caravan.config.settings;

import dev.caravan.config.settings.SandboxFile.ObjectEntry;
import dev.caravan.config.settings.SandboxFile.Quirks;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.Section;
import java.util.Optional;

/** Reads {@code sandbox.yaml}. Its client secret may stand there: it opens nothing but a stand-in on this machine. */
public final class SandboxFileReader {

    private final Findings findings;
    private final SandboxFieldReader fields;

    public SandboxFileReader(Findings findings) {
        this.findings = findings;
        this.fields = new SandboxFieldReader(findings);
    }

    /** What the document says, as far as it is sound. */
    public SandboxFile read(YamlNode document) {
        return Section.document(document, SandboxShapes.FILE, findings)
                .map(this::sandbox)
                .orElse(SandboxFile.NONE);
    }

    private SandboxFile sandbox(Section top) {
        return new SandboxFile(
                top.text("organisation").map(Located::value),
                top.text("client_id").map(Located::value),
                top.text("client_secret").map(Located::value),
                top.text("username").map(Located::value),
                top.text("certificate").flatMap(this::certificate),
                top.duration("token_lifetime"),
                top.flag("new_login_ends_older"),
                top.duration("latency"),
                top.whole("daily_limit").map(Math::toIntExact),
                top.whole("seed"),
                top.section("quirks").map(SandboxFileReader::quirks).orElse(Quirks.NONE),
                top.entries("objects").stream()
                        .flatMap(entry -> object(entry).stream())
                        .toList());
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

    private static Quirks quirks(Section section) {
        return new Quirks(
                section.flag("bad_record_fails_request"),
                section.flag("limit_info"),
                section.duration("bulk_batch_time"),
                section.whole("bulk_batch_rows").map(Math::toIntExact));
    }

    private Optional<ObjectEntry> object(Entry entry) {
        return Section.of(entry.value(), findings)
                .map(section -> new ObjectEntry(
                        entry.key(),
                        fields.read(section.entries("fields")),
                        section.texts("record_types").stream()
                                .map(Located::value)
                                .toList()));
    }
}
