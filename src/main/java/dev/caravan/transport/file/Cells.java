package dev.caravan.transport.file;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One record of a CSV file: null where a cell is empty and not quoted. */
record Cells(List<@Nullable String> cells) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** The cells of a header. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (String cell : cells) {
            texts.add(cell == null ? "" : cell);
        }
        return texts;
    }

    /** Tells empty cells from empty texts, which the library's own records do not. */
    static final class Handler extends AbstractBaseCsvCallbackHandler<Cells> {

        private List<@Nullable String> cells = new ArrayList<>();
        private boolean begun;

        @Override
        protected void handleBegin(long line) {
            cells = new ArrayList<>(cells.size());
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            // Some spreadsheets write a mark in front of the first cell, which is no part of it.
            boolean mark = !begun && length > 0 && buffer[offset] == BYTE_ORDER_MARK;
            begun = true;
            String text = mark ? new String(buffer, offset + 1, length - 1) : new String(buffer, offset, length);
            cells.add(text.isEmpty() && !quoted ? null : text);
        }

        @Override
        protected Cells buildRecord() {
            return new Cells(cells);
        }
    }
}
