package dev.caravan.transport.file;

import dev.caravan.transport.StoreAnswer.Column;
import dev.caravan.transport.StoreRequest.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How one kind of file is read and made. Memory is bounded by the entries of one change, however many rows the file holds. */
sealed interface FileFormat permits CsvFormat, JsonLinesFormat, ParquetFormat {

    /** The columns of a file as far as its beginning tells. */
    List<Column> columns(Path file) throws IOException;

    /**
     * Writes the next generation of a file.
     *
     * @param present the present one; empty if there is none
     * @throws IOException also if the present one cannot be read as what it is taken for; see {@link Troubles}
     */
    Merged merge(Optional<Path> present, Path next, Change change) throws IOException;
}
