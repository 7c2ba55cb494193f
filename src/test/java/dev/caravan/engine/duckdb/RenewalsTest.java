package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.contract.Check;
import dev.caravan.diff.Change;
import dev.caravan.engine.duckdb.Workbench.Found;
import dev.caravan.mapping.Mapping;
import dev.caravan.row.RowKey;
import dev.caravan.source.EngineSession;
import dev.caravan.source.EngineSession.Counts;
import dev.caravan.source.Settlement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that do not differ are changes nevertheless once they were accepted long ago. */
class RenewalsTest {

    @TempDir
    Path folder;

    private Workbench bench;
    private final Mapping mapping = Mappings.csv("name", "score").build();

    @BeforeEach
    void open() {
        bench = new Workbench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** All were accepted in run 7, but c in run 5. */
    @Test
    void whatWasAcceptedLongAgoIsAChangeThatIsDueTheOldestFirst() {
        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bo,2\nc,Cy,3\nd,Di,4\n");
        bench.sync(mapping);
        try (EngineSession session = bench.open(mapping)) {
            Change.Changed cy = (Change.Changed) renewed(session, 7, 9).get(2);
            session.apply(List.<Settlement>of(new Settlement.Stored(
                            bench.nextSeq(),
                            cy.key(),
                            "Rc",
                            true,
                            cy.rowHash(),
                            cy.known().definition(),
                            cy.row(),
                            Map.of(),
                            5))
                    .iterator());
        }
        try (EngineSession session = bench.open(mapping)) {
            assertThat(renewed(session, 4, 9)).isEmpty();
            assertThat(renewed(session, 7, 2)).extracting(RenewalsTest::shown).containsExactly("a due", "c due");
            assertThat(renewed(session, 5, 9)).extracting(RenewalsTest::shown).containsExactly("c due");

            session.read();
            session.check();
            assertThat(session.diff()).isEqualTo(new Counts(0, 0, 0, 4));
            assertThat(session.renew(7, 1)).isEqualTo(new Counts(0, 1, 0, 3, 3));
            assertThat(session.renew(7, 2)).isEqualTo(new Counts(0, 3, 0, 1, 1));
            assertThat(changes(session)).extracting(RenewalsTest::shown).containsExactly("a due", "b due", "c due");
            assertThat(session.renew(7, 9)).isEqualTo(new Counts(0, 4, 0, 0, 0));
            session.settle(Optional.empty());
        }
        assertThat(bench.plan(mapping).counts()).as("to look is not to touch").isEqualTo(new Counts(0, 0, 0, 4));
    }

    @Test
    void neitherInvalidNorUnresolvedNorLeftRowsAreSentAgain() {
        Mapping checked = Mappings.csv("name", "score")
                .check(new Check.Sql("score <> 'bad'", Mappings.PLACE))
                .build();
        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bo,2\nc,Cy,3\nd,Di,4\ne,Ed,5\nf,Flo,6\n");
        bench.sync(checked);
        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bo,2\nd,Di,4\ne,Ed,5\nf,Flo,6\n");
        Found left = bench.sync(checked);
        assertThat(left.keys()).containsExactly("-c");
        bench.file("model.csv", "id,name,score\na,Ann,1\nb,Bo,bad\nd,Di,4\nd,Di,4\ne,Edward,5\nf,Flo,6\n");
        try (EngineSession session = bench.open(checked)) {
            RowKey flo = renewed(session, 7, 9).getLast().key();
            session.apply(List.<Settlement>of(new Settlement.Unresolved(bench.nextSeq(), flo, 7))
                    .iterator());
            assertThat(renewed(session, 7, 9))
                    .extracting(RenewalsTest::shown)
                    .as("b is invalid, d is there twice, c left, e changed, f is unresolved")
                    .containsExactly("a due", "e due", "f");
        }
    }

    private static String shown(Change change) {
        boolean due = change instanceof Change.Changed changed && changed.due();
        return change.key().display() + (due ? " due" : "");
    }

    private static List<Change> renewed(EngineSession session, long upTo, long most) {
        session.read();
        session.check();
        session.diff();
        session.renew(upTo, most);
        return changes(session);
    }

    private static List<Change> changes(EngineSession session) {
        try (Stream<Change> changes = session.changes()) {
            return changes.toList();
        }
    }
}
