package dev.caravan.scenario.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.scenario.network.Trouble.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of network faults shows what the combinations are and what they must come to. */
class FaultPageTest {

    private static final List<Fault> WITH_PLACES =
            List.of(Fault.DRIP_REQUEST, Fault.DRIP_ANSWER, Fault.TRUNCATE, Fault.DUPLICATE);

    @Test
    void thePageShowsTheTableOfTheCombinations() throws IOException {
        List<String> page;
        try (Stream<String> lines = Files.lines(Path.of("docs/network-faults.md"))) {
            page = lines.filter(line -> line.startsWith("|")).toList();
        }
        List<String> table = new ArrayList<>();
        heading(table, "fault");
        for (Fault fault : Fault.values()) {
            table.add(row(fault.words(), fault, FaultPageTest::result));
        }
        heading(table, "place");
        for (Fault fault : WITH_PLACES) {
            table.add(row(fault.words(), fault, Trouble::meaning));
        }
        for (Fault fault : Fault.values()) {
            table.add("| " + fault.words() + " | " + fault.meaning() + " |");
        }
        assertThat(page).containsAll(table);
    }

    private static void heading(List<String> table, String first) {
        table.add(Arrays.stream(Position.values())
                .map(Position::words)
                .collect(Collectors.joining(" | ", "| " + first + " | ", " |")));
    }

    private static String row(String first, Fault fault, Function<Trouble, String> cell) {
        return Arrays.stream(Position.values())
                .map(position -> cell.apply(new Trouble(fault, position)))
                .collect(Collectors.joining(" | ", "| " + first + " | ", " |"));
    }

    private static String result(Trouble trouble) {
        String told = trouble.told().stream().map(FaultPageTest::word).collect(Collectors.joining(" or "));
        return told + (trouble.arrives() ? ", arrives" : ", does not arrive");
    }

    private static String word(Told told) {
        return told.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
