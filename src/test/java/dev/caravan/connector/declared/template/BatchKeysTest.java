package dev.caravan.connector.declared.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.select.Parsed;
import dev.caravan.mapping.TargetKey;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code batch.keys}: what one request asks for, in one text. */
class BatchKeysTest {

    private final Faults faults = new Faults();

    private Optional<String> query(String... keys) {
        List<RowData> rows = new ArrayList<>();
        for (String key : keys) {
            rows.add(new RowData(rows.size(), new Value.Text(key), Optional.empty(), "", "", Map.of(), Map.of()));
        }
        Known known = Known.of(Map.of(), Map.of()).about("people", Map.of(), TargetKey.of("email"));
        return new Fill(new BatchScope(known, List.of(), "", rows), faults).text(template("{{ batch.keys }}"));
    }

    private static TextTemplate template(String source) {
        return switch (TemplateParser.parse(source)) {
            case Parsed.Good<TextTemplate> good -> good.value();
            case Parsed.Bad<TextTemplate> bad -> throw new AssertionError(bad.toString());
        };
    }

    @Test
    void theyArePartedByCommas() {
        assertThat(query("a@b.c", "f&g")).contains("a@b.c,f&g");
        assertThat(faults.none()).isTrue();
    }

    @Test
    void whatWouldBeSeveralOrNobodyIsItsRowsFault() {
        assertThat(query("a@b.c", "d,e", " ")).isEmpty();
        assertThat(faults.all()).extracting(Faults.Fault::place).containsExactly(1, 2);
    }

    @Test
    void theyStandAloneWhereTextIsReadAgain() {
        Hole hole = ((Part.Filled) template("{{ batch.keys }}").parts().getFirst()).hole();
        assertThat(HoleCheck.wrongAmongText(hole)).isPresent();
    }
}
