package dev.caravan.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** HTML in which every text is escaped: what a page shows came from anywhere. */
final class Html {

    private static final int LONGEST = 120;
    private static final String STYLE = """
            body { font: 14px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #222 }
            nav a { margin-right: 1rem } a { color: #06c } h2 { margin-top: 2rem }
            .scroll { overflow-x: auto } table { border-collapse: collapse }
            th, td { border: 1px solid #ddd; padding: .3rem .6rem; text-align: left; vertical-align: top }
            th { background: #f6f6f6; white-space: nowrap } td.number { text-align: right }
            """;

    private final StringBuilder body = new StringBuilder();

    Html text(String tag, String text) {
        body.append('<')
                .append(tag)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(tag)
                .append(">\n");
        return this;
    }

    Html links(Collection<Link> links) {
        body.append("<nav>");
        links.forEach(link -> body.append(anchor(link)));
        body.append("</nav>\n");
        return this;
    }

    /** Where to, and what it says. */
    record Link(String href, String text) {}

    /** A table of lines, each a link and a number. */
    Html counts(Collection<Line> lines) {
        body.append("<table><tr><th>object</th><th>records</th></tr>\n");
        lines.forEach(line -> body.append("<tr><td>")
                .append(anchor(line.link()))
                .append("</td><td class=\"number\">")
                .append(line.number())
                .append("</td></tr>\n"));
        body.append("</table>\n");
        return this;
    }

    record Line(Link link, int number) {}

    /** Records as a table, with a column for each field that any of them has. */
    Html records(List<ObjectNode> records) {
        Set<String> columns = new LinkedHashSet<>();
        records.forEach(record -> record.properties().forEach(field -> {
            if (!isEmpty(field.getValue())) {
                columns.add(field.getKey());
            }
        }));
        body.append("<div class=\"scroll\"><table><tr>");
        columns.forEach(column -> body.append("<th>").append(escaped(column)).append("</th>"));
        body.append("</tr>\n");
        for (ObjectNode record : records) {
            body.append("<tr>");
            for (String column : columns) {
                JsonNode value = record.path(column);
                body.append(value.isNumber() ? "<td class=\"number\">" : "<td>")
                        .append(escaped(shown(value)))
                        .append("</td>");
            }
            body.append("</tr>\n");
        }
        body.append("</table></div>\n");
        return this;
    }

    Reply page(String title) {
        String page = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escaped(title)
                + "</title><style>" + STYLE + "</style></head><body>\n" + body + "</body></html>\n";
        return Reply.of(200, "text/html;charset=UTF-8", page.getBytes(StandardCharsets.UTF_8))
                .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .with("X-Content-Type-Options", "nosniff")
                .with("Cache-Control", "no-store");
    }

    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String anchor(Link link) {
        return "<a href=\"" + escaped(link.href()) + "\">" + escaped(link.text()) + "</a>";
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || (value.isContainerNode() ? value.isEmpty() : value.asText().isEmpty());
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode() || isEmpty(value)) {
            return "";
        }
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
