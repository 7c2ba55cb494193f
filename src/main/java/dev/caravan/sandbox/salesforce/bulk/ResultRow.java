package dev.caravan.sandbox.salesforce.bulk;

import dev.caravan.sandbox.salesforce.dml.RowError;
import dev.caravan.sandbox.salesforce.dml.RowResult;
import java.util.ArrayList;
import java.util.List;

/** A line of a results file: id, then what happened, then the cells as they were sent. */
final class ResultRow {

    private ResultRow() {}

    static List<String> of(RowResult result, List<String> cells) {
        List<String> line = new ArrayList<>(cells.size() + 2);
        line.add(result.id());
        line.add(result.success() ? String.valueOf(result.created()) : errors(result));
        line.addAll(cells);
        return line;
    }

    // CODE:message:fields --
    private static String errors(RowResult result) {
        StringBuilder text = new StringBuilder();
        for (RowError error : result.errors()) {
            text.append(error.code()).append(':').append(error.message()).append(':');
            text.append(String.join(" ", error.fields())).append(error.fields().isEmpty() ? "--" : " --");
        }
        return text.toString();
    }
}
