package dev.caravan.yaml;

import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads one YAML 1.2 document as plain data. Size, nesting and aliases are bounded before anything is built, so that no
 * file can exhaust memory or stack. A file that is not YAML gives one problem.
 */
public final class YamlReader {

    /** The most characters of a file. */
    public static final int MAX_SIZE = 1_000_000;

    private static final int MAX_DEPTH = 40;
    private static final int MAX_ALIASES = 20;

    private final YamlSource source;
    private final Findings findings;
    private final LoadSettings settings;

    private YamlReader(YamlSource source, Findings findings) {
        this.source = source;
        this.findings = findings;
        this.settings = LoadSettings.builder()
                .setLabel(source.file())
                .setAllowDuplicateKeys(true)
                .setAllowNonScalarKeys(true)
                .setSchema(new CoreSchema())
                .setCodePointLimit(MAX_SIZE + 1)
                .setUseMarks(true)
                .build();
    }

    /** The document of a file; empty when there is none, or when a problem was reported instead. */
    public static Optional<YamlNode> read(YamlSource source, Findings findings) {
        YamlReader reader = new YamlReader(source, findings);
        try {
            if (!reader.bounded()) {
                return Optional.empty();
            }
            Optional<Node> root = new Compose(reader.settings).composeString(source.text());
            return root.map(node -> new NodeConverter(source, findings).convert(node));
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(reader::place).orElse(Place.ofFile(source.file()));
            reader.syntax(place, e.getProblem() == null ? "not readable" : e.getProblem());
        } catch (ReaderException e) {
            reader.syntax(reader.placeOf(e.getPosition()), "a character that YAML does not allow");
        } catch (YamlEngineException e) {
            reader.syntax(Place.ofFile(source.file()), "not readable as YAML");
        }
        return Optional.empty();
    }

    private boolean bounded() {
        int depth = 0;
        int aliases = 0;
        int documents = 0;
        for (Event event : new Parse(settings).parseString(source.text())) {
            depth += change(event);
            aliases += event.getEventId() == Event.ID.Alias ? 1 : 0;
            documents += event.getEventId() == Event.ID.DocumentStart ? 1 : 0;
            if (depth > MAX_DEPTH || aliases > MAX_ALIASES || documents > 1) {
                String what = depth > MAX_DEPTH
                        ? "nested deeper than " + MAX_DEPTH + " levels"
                        : aliases > MAX_ALIASES ? "more than " + MAX_ALIASES + " aliases" : "a second document";
                Place place = event.getStartMark().map(this::place).orElse(Place.ofFile(source.file()));
                findings.report(Code.YAML_TOO_LARGE, place, what, "split it over several files, or write it out");
                return false;
            }
        }
        return true;
    }

    private static int change(Event event) {
        return switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            case Alias, Comment, DocumentEnd, DocumentStart, Scalar, StreamEnd, StreamStart -> 0;
        };
    }

    private void syntax(Place place, String what) {
        String hint = what.contains("TAB")
                ? "indent with spaces"
                : what.contains("mapping values are not allowed")
                        ? "quote the value if it contains ': ', or check the indentation"
                        : "check indentation, quotes and brackets around here";
        findings.report(Code.YAML_SYNTAX, place, "not YAML: " + what, hint);
    }

    private Place place(Mark mark) {
        return new Place(source.file(), mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Place placeOf(int codePoint) {
        int end = source.text()
                .offsetByCodePoints(0, Math.clamp(codePoint, 0, source.text().length()));
        List<String> before = source.text().substring(0, end).lines().toList();
        return before.isEmpty()
                ? new Place(source.file(), 1, 1)
                : new Place(source.file(), before.size(), before.getLast().length() + 1);
    }
}
