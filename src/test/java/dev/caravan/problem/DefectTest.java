package dev.caravan.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DefectTest {

    @Test
    void saysWhatAndWhereAndQuotesNothing() {
        Throwable failure =
                new IllegalStateException("row ada@example.org", new IllegalArgumentException("value ada@example.org"));
        assertThat(Defect.oneLine(failure))
                .startsWith("java.lang.IllegalStateException at dev.caravan.problem.DefectTest")
                .contains(", caused by java.lang.IllegalArgumentException at ")
                .doesNotContain("ada@example.org")
                .doesNotContain("\n");
        assertThat(Defect.oneLine(null)).isEmpty();
    }
}
