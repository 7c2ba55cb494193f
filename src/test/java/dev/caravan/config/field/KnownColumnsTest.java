package dev.caravan.config.field;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.model.Column;
import dev.caravan.model.ModelSchema;
import dev.caravan.row.ValueType;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownColumnsTest {

    @Test
    void aFileOfOneColumnNamedLikeManyIsAskedForItsSeparator() {
        assertThat(columns("id;name;score").suggest("id")).contains("separated by ';'");
        assertThat(columns("id\tname").suggest("id")).contains("separated by 'tab'");
    }

    @Test
    void elseTheNearestNameOrAllOfThemAreNamed() {
        assertThat(columns("id", "na;me").suggest("name")).isEqualTo("did you mean 'na;me'?");
        assertThat(columns("id", "score").suggest("grade")).isEqualTo("it has: id, score");
    }

    private static KnownColumns columns(String... names) {
        return new KnownColumns(
                Optional.of(new ModelSchema(Stream.of(names)
                        .map(name -> new Column(name, ValueType.TEXT))
                        .toList())),
                Set.of());
    }
}
