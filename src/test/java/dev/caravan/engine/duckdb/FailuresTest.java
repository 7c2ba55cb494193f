package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.engine.duckdb.db.Failures;
import dev.caravan.engine.duckdb.read.SourceConnection;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.InvalidInput;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What DuckDB says, as it said it when disks were full and files broken, and what people get to read. */
class FailuresTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TransactionContext Error: Failed to commit: Could not write file s.wal: No space left on device"
                        + " | state.full | the disk is full",
                "IO Error: Detached database s, but CHECKPOINT during DETACH failed. The database has been invalidated."
                        + " Original error: No space left on device | state.full | the disk is full",
                "IO Error: Corrupt database file: computed checksum 1 does not match stored checksum 2"
                        + " | snapshot.damaged | reset",
                "IO Error: Could not set lock on file s: Conflicting lock is held | state.locked | another process",
                "Out of Memory Error: failed to allocate data | state.io | memory limit"
            })
    void aSnapshotsFailureSaysWhatCanBeDone(String message, String code, String words) {
        CaravanException failure = Failures.state(new SQLException(message), "growth/leads");
        assertThat(failure).hasMessageContaining("[" + code + "]").hasMessageContaining(words);
        assertThat(failure.problems().getFirst().suggestion()).isNotEmpty();
    }

    /** A full disk under the temporary folder is not the model's fault. */
    @Test
    void rowsThatFindNoRoomWhileAModelIsReadAreTheStatesTrouble() {
        SQLException failure = new SQLException(
                "IO Error: Could not write file \"tmp/duckdb_temp_storage-0.tmp\": No space left on device");
        assertThat(Failures.reading(failure, Mappings.PLACE, "warehouse"))
                .hasMessageContaining("[state.full]")
                .hasMessageContaining("temporary folder");
        assertThat(Failures.readingFile(failure, Mappings.PLACE, "leads.csv")).hasMessageContaining("[state.full]");
        SQLException offload =
                new SQLException("Out of Memory Error: failed to offload data block of size 256.0 KiB (5.3 MiB/5.3 MiB"
                        + " used). This limit was set by the 'max_temp_directory_size' setting.");
        assertThat(Failures.reading(offload, Mappings.PLACE, "warehouse")).hasMessageContaining("[state.full]");
        assertThat(Failures.state(offload, "growth/leads")).hasMessageContaining("temporary folder");
    }

    @Test
    void aSnapshotThatIsInUseIsNotDamaged() {
        SQLException held =
                new SQLException("Binder Error: Unique file handle conflict: Cannot attach \"b\" - the database"
                        + " file \"growth.duckdb\" is already attached by database \"a\"");
        assertThat(Failures.state(held, "growth/leads")).hasMessageContaining("[state.io]");
    }

    @Test
    void aConnectionCannotTakeTheNameOfADatabaseThatDuckDbHas() {
        DuckDbSettings settings = new DuckDbSettings(
                "256MB",
                1,
                folder.resolve("tmp"),
                folder.resolve("snapshots"),
                Map.of("Temp", new SourceConnection.FilesFolder(folder)));
        assertThatThrownBy(() -> DuckDbEngine.start(settings))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("named Temp");
    }
}
