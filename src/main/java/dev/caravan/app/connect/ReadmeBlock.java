package dev.caravan.app.connect;

import dev.caravan.app.connect.ConnectorFacts.Deed;
import dev.caravan.app.connect.ConnectorFacts.Lookup;
import dev.caravan.app.connect.ConnectorFacts.Meaning;
import dev.caravan.app.connect.Writables.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The part of a connector's README that the connector says already, for people. */
final class ReadmeBlock {

    private static final String TO = "<!-- /made -->\n";

    private final ConnectorFacts facts;
    private final StringBuilder text = new StringBuilder();

    private ReadmeBlock(ConnectorFacts facts) {
        this.facts = facts;
    }

    /** The block between its marks. */
    static String of(ConnectorFacts facts) {
        return new ReadmeBlock(facts).text();
    }

    /** A page with the block in the place of the one that it has, or at its end. */
    static String within(String page, ConnectorFacts facts) {
        int from = page.indexOf(from(facts));
        int to = page.indexOf(TO);
        String before = from < 0 ? page.stripTrailing() + "\n\n" : page.substring(0, from);
        String after = to < 0 ? "" : page.substring(to + TO.length());
        return before + of(facts) + after;
    }

    private static String from(ConnectorFacts facts) {
        return "<!-- made from " + facts.from() + " -->\n";
    }

    private String text() {
        text.append(from(facts)).append("## In short\n");
        objects();
        deeds();
        lookups();
        settings();
        text.append('\n').append(facts.pace()).append('\n');
        meanings("an answer to a request as a whole", facts.answers());
        meanings("the code of a row", facts.codes());
        takes();
        unverified();
        return text.append('\n').append(TO).toString();
    }

    private void objects() {
        head("object", "key", "`operation`", "`on_removed`");
        for (Kind kind : facts.objects()) {
            row(
                    quoted(kind.names()),
                    String.join(", ", kind.keys()),
                    words(kind.can().operations()),
                    words(kind.can().removals()));
        }
    }

    private void deeds() {
        head("object", "request", "idempotency class", "rows together");
        List<String> before = List.of();
        for (Deed deed : facts.deeds()) {
            String objects = deed.objects().equals(before) ? "" : quoted(deed.objects());
            row(objects, deed.action(), deed.idempotency(), deed.together());
            before = deed.objects();
        }
    }

    private void lookups() {
        if (facts.lookups().isEmpty()) {
            return;
        }
        head("records that other rows refer to", "by", "asked for together");
        List<String> before = List.of();
        for (Lookup lookup : facts.lookups()) {
            row(lookup.objects().equals(before) ? "" : quoted(lookup.objects()), lookup.by(), lookup.together());
            before = lookup.objects();
        }
    }

    private void settings() {
        head("setting", "", "");
        facts.settings().forEach(setting -> row("`" + setting.name() + "`", setting.need(), setting.about()));
    }

    private void meanings(String of, List<Meaning> meanings) {
        head(of, "means");
        meanings.forEach(meaning -> row(meaning.of(), meaning.means()));
    }

    private void takes() {
        if (facts.takes().isEmpty()) {
            return;
        }
        head("a field of kind", "is filled from", "a value that does not fit is called");
        facts.takes().forEach(take -> row(take.kind(), take.types(), take.misfits()));
    }

    private void unverified() {
        if (!facts.unverified().isEmpty()) {
            text.append("\nUnverified:\n\n");
            facts.unverified().forEach(each -> text.append("- ").append(each).append('\n'));
        }
    }

    private void head(String... cells) {
        text.append('\n');
        for (String cell : cells) {
            text.append("| ").append(cell).append(cell.isEmpty() ? "" : " ");
        }
        text.append("|\n|").append("---|".repeat(cells.length)).append('\n');
    }

    private void row(String... cells) {
        for (String cell : cells) {
            text.append("| ").append(cell.replace("|", "\\|")).append(' ');
        }
        text.append("|\n");
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    /** Enumerated words as files write them. */
    static String words(Collection<? extends Enum<?>> words) {
        return words.stream().map(ReadmeBlock::word).collect(Collectors.joining(", "));
    }

    static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
