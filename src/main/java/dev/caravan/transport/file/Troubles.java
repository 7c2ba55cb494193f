package dev.caravan.transport.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import de.siegmar.fastcsv.reader.CsvParseException;
import dev.caravan.transport.Reply;
import dev.caravan.transport.StoreAnswer;
import dev.caravan.transport.StoreAnswer.Refusal;
import dev.caravan.transport.StoreAnswer.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;

/** What failures before the publication mean: nothing was changed. Their own words may quote rows and are not passed on. */
final class Troubles {

    private static final String UNREADABLE = "it cannot be read as what its name says; put a whole file in its place";

    private Troubles() {}

    /** A file that is not what it is taken for. */
    static Reply of(CsvParseException malformed) {
        return refused(Refusal.OBJECT, UNREADABLE);
    }

    /** What a stream met while somebody else read it. */
    static Reply of(UncheckedIOException failure) {
        IOException cause = failure.getCause();
        return of(cause == null ? new IOException() : cause);
    }

    static Reply of(IOException failure) {
        String words = failure.getMessage() == null ? "" : failure.getMessage().toLowerCase(Locale.ROOT);
        if (words.contains("no space left")
                || words.contains("quota exceeded")
                || words.contains("offload data block")) {
            return refused(Refusal.FULL, "the disk is full");
        }
        if (words.contains("read-only file system")) {
            return refused(Refusal.PLACE, "its disk is read-only");
        }
        return switch (failure) {
            case JsonProcessingException malformed -> refused(Refusal.OBJECT, UNREADABLE);
            case CharacterCodingException malformed -> refused(Refusal.OBJECT, "it is not UTF-8");
            case AccessDeniedException closed -> refused(Refusal.PLACE, "the worker may not read or write there");
            case NoSuchFileException gone -> refused(Refusal.PLACE, "the folder is not there");
            case ZipException malformed -> refused(Refusal.OBJECT, UNREADABLE);
            case IOException other -> new Reply.NotSent("refused", "the folder did not work", Optional.empty(), 1);
        };
    }

    private static Reply refused(Refusal code, String message) {
        return StoreAnswer.of(new Refused(code, message));
    }

    /** DuckDB's failures in terms of files; a Parquet file that is none is told as a packed file that is none. */
    static IOException of(SQLException failure) {
        String words = failure.getMessage() == null ? "" : failure.getMessage();
        String lower = words.toLowerCase(Locale.ROOT);
        boolean disk = lower.contains("no space left") || lower.contains("offload data block");
        boolean malformed = lower.contains("no magic bytes") || lower.contains("too small to be a parquet file");
        return disk
                ? new IOException("no space left")
                : malformed ? new ZipException(UNREADABLE) : new IOException("DuckDB failed");
    }
}
