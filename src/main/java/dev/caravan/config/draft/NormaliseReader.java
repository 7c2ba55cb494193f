package dev.caravan.config.draft;

import dev.caravan.normalise.Compiled;
import dev.caravan.normalise.Normaliser;
import dev.caravan.normalise.Normalisers;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Items;
import dev.caravan.yaml.YamlNode.Scalar;
import dev.caravan.yaml.shape.Section;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads {@code normalise}, {@code hashed} and {@code country} of one field. */
final class NormaliseReader {

    private static final String BAR = " | ";

    private final Section section;
    private final Findings findings;

    NormaliseReader(Section section, Findings findings) {
        this.section = section;
        this.findings = findings;
    }

    /** The source, with what is asked of it; empty where either has a problem. */
    Optional<SourceDraft> around(Optional<SourceDraft> plain) {
        boolean hashed = section.flag("hashed", false);
        Optional<Located<String>> country = section.text("country");
        if (!hashed && !section.has("normalise")) {
            if (section.has("country")) {
                report("country", "only a normaliser asks for a country", "remove it, or add 'normalise'");
            }
            return plain;
        }
        Optional<Normaliser> normaliser = section.has("normalise")
                ? section.node("normalise").flatMap(this::pipe)
                : Normalisers.find("sha256.hex");
        return normaliser
                .filter(found -> agrees(found, hashed))
                .flatMap(found -> plain.map(of -> new SourceDraft.Normalising(
                        of,
                        found,
                        hashed,
                        country,
                        section.placeOf(section.has("normalise") ? "normalise" : "hashed"))));
    }

    private boolean agrees(Normaliser normaliser, boolean hashed) {
        if (hashed && !normaliser.onlyHashes()) {
            report(
                    Code.NORMALISE_HASHED,
                    section.placeOf("hashed"),
                    "'" + normaliser + "' would have to see what was hashed",
                    "map the plain column: a hash serves the platform alone for which it was made. If that is this one, write"
                            + " no normaliser but sha256.hex");
            return false;
        }
        if (section.has("country") && (hashed || !normaliser.usesCountry())) {
            report("country", "'" + normaliser + "' asks for no country", "remove it");
            return false;
        }
        return true;
    }

    private Optional<Normaliser> pipe(YamlNode node) {
        List<YamlNode> written = node instanceof Items list ? list.items() : List.of(node);
        List<Scalar> names =
                written.stream().filter(findings::sound).map(Scalar.class::cast).toList();
        if (names.isEmpty() || names.size() < written.size()) {
            return Optional.empty();
        }
        String pipe = names.stream().map(Scalar::text).collect(Collectors.joining(BAR));
        return switch (Normalisers.compile(pipe)) {
            case Compiled.Done done -> Optional.of(done.normaliser());
            case Compiled.Wrong wrong -> {
                report(Code.NORMALISE_PIPE, placeAt(names, wrong.offset()), wrong.message(), wrong.suggestion());
                yield Optional.empty();
            }
        };
    }

    private static Place placeAt(List<Scalar> names, int offset) {
        int from = 0;
        for (Scalar name : names) {
            int to = from + name.text().length();
            if (offset < to) {
                return name.placeAt(Math.max(0, offset - from));
            }
            from = to + BAR.length();
        }
        return names.getLast().place();
    }

    private void report(String key, String message, String suggestion) {
        report(Code.YAML_BAD_VALUE, section.placeOf(key), message, suggestion);
    }

    private void report(Code code, Place place, String message, String suggestion) {
        findings.report(code, place, message, suggestion);
    }
}
