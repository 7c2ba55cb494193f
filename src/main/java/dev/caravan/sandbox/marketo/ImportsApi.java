package dev.caravan.sandbox.marketo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leads by files: a form with one CSV file is queued, imported a moment later, and then tells by two more files which rows it left out
 * and of which it left out a value. An empty cell changes nothing.
 */
final class ImportsApi {

    private static final int MOST_WAITING = 10;
    private static final Pattern BOUNDARY = Pattern.compile("^multipart/form-data; *boundary=\"?([^\";]{1,70})\"?$");

    private final Ground ground;
    private final Settings settings;
    private final LeadsApi leads;
    private final Fields fields;
    private final Map<String, Import> imports = new LinkedHashMap<>();
    private int last = 1_000;

    ImportsApi(Ground ground, Settings settings, LeadsApi leads, Fields fields) {
        this.ground = ground;
        this.settings = settings.number("import_ms", 200);
        this.leads = leads;
        this.fields = fields;
    }

    private static final class Import {
        private final Request request;
        private final Instant due;
        private final String lookup;
        private final List<String> header;
        private final List<List<String>> rows;
        private final List<List<String>> failures = new ArrayList<>();
        private final List<List<String>> warnings = new ArrayList<>();
        private boolean done;

        Import(Request request, Instant due, String lookup, List<List<String>> lines) {
            this.request = request;
            this.due = due;
            this.lookup = lookup;
            this.header = lines.getFirst();
            this.rows = lines.subList(1, lines.size());
        }
    }

    void clear() {
        imports.clear();
    }

    /** Imports what is due. */
    void settle() {
        for (Import each : imports.values()) {
            if (!each.done && !ground.now().isBefore(each.due)) {
                each.done = true;
                each.rows.forEach(row -> take(each, row));
            }
        }
    }

    Reply create(Request request, Map<String, String> captured) {
        Optional<String> file = file(request);
        String lookup = request.query("lookupField").orElse("email");
        if (file.isEmpty() || !request.query("format").orElse("").equals("csv")) {
            return Answers.error(request.number(), "1003", "Please provide a file and its format");
        }
        List<List<String>> lines = new ArrayList<>();
        for (CsvRecord line : CsvReader.builder().ofCsvRecord(file.get())) {
            lines.add(line.getFields());
        }
        if (lines.size() < 2 || !lines.getFirst().contains(lookup)) {
            return Answers.error(request.number(), "1003", "Empty file, or the lookup field is not in its header");
        }
        if (imports.values().stream().filter(each -> !each.done).count() >= MOST_WAITING) {
            return Answers.error(request.number(), "1016", "Too many imports");
        }
        String id = String.valueOf(++last);
        Instant due = ground.now().plusMillis(settings.get("import_ms"));
        imports.put(id, new Import(request, due, lookup, lines));
        return Answers.result(
                request.number(),
                List.of(Json.object()
                        .put("batchId", Integer.valueOf(id))
                        .put("importId", id)
                        .put("status", "Queued")));
    }

    /** The one file of a form. */
    private static Optional<String> file(Request request) {
        Matcher type = BOUNDARY.matcher(request.header("content-type").orElse(""));
        if (!type.matches()) {
            return Optional.empty();
        }
        String text = request.text();
        String begin = "--" + type.group(1) + "\r\n";
        int body = text.indexOf("\r\n\r\n");
        int end = text.lastIndexOf("\r\n--" + type.group(1) + "--");
        boolean whole = text.startsWith(begin)
                && body > 0
                && end > body
                && text.substring(0, body).contains("form-data; name=\"file\"; filename=");
        return whole ? Optional.of(text.substring(body + 4, end)) : Optional.empty();
    }

    Reply status(Request request, Map<String, String> captured) {
        Import found = imports.get(captured.getOrDefault("batch", "").replace(".json", ""));
        if (found == null) {
            return Answers.error(request.number(), "1013", "Batch not found");
        }
        int left = found.done ? found.failures.size() : found.rows.size();
        return Answers.result(
                request.number(),
                List.of(Json.object()
                        .put("batchId", captured.getOrDefault("batch", "").replace(".json", ""))
                        .put("status", found.done ? "Complete" : "Importing")
                        .put("numOfLeadsProcessed", found.rows.size() - left)
                        .put("numOfRowsFailed", found.failures.size())
                        .put("numOfRowsWithWarning", found.warnings.size())
                        .put("message", found.done ? "Import completed" : "Import in progress")));
    }

    Reply failures(Request request, Map<String, String> captured) {
        return lines(request, captured, "Import Failure Reason", false);
    }

    Reply warnings(Request request, Map<String, String> captured) {
        return lines(request, captured, "Import Warning Reason", true);
    }

    private Reply lines(Request request, Map<String, String> captured, String reason, boolean warnings) {
        Import found = imports.get(captured.getOrDefault("batch", ""));
        if (found == null) {
            return Answers.error(request.number(), "1013", "Batch not found");
        }
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            List<String> header = new ArrayList<>(found.header);
            header.add(reason);
            csv.writeRecord(header);
            (warnings ? found.warnings : found.failures).forEach(csv::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Reply.of(200, "text/csv;charset=UTF-8", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void take(Import job, List<String> row) {
        ObjectNode input = Json.object();
        String warning = "";
        for (int i = 0; i < job.header.size() && i < row.size(); i++) {
            String name = job.header.get(i);
            ObjectNode one = Json.object().put(name, row.get(i));
            if (row.get(i).isEmpty()) {
                continue;
            }
            Optional<ObjectNode> refused = fields.refuse(one);
            if (refused.isPresent() && !name.equals(job.lookup)) {
                warning = refused.get().at("/reasons/0/message").asText();
            } else {
                input.setAll(one);
            }
        }
        ObjectNode result = leads.written(job.request, "createOrUpdate", job.lookup, input);
        if (result.path("status").asText().equals("skipped")) {
            job.failures.add(with(row, result.at("/reasons/0/message").asText()));
        } else if (!warning.isEmpty()) {
            job.warnings.add(with(row, warning));
        }
    }

    private static List<String> with(List<String> row, String reason) {
        List<String> more = new ArrayList<>(row);
        more.add(reason);
        return more;
    }
}
