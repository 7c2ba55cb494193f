package dev.caravan.config.field;

import dev.caravan.mapping.FieldSource;
import java.util.List;

/** What came of compiling an expression. */
public sealed interface Compilation {

    /** It can be evaluated. */
    record Done(FieldSource.Computed source) implements Compilation {}

    /** It cannot; at least one problem. */
    record Wrong(List<ExpressionProblem> problems) implements Compilation {
        public Wrong {
            problems = List.copyOf(problems);
        }
    }
}
