package dev.caravan.sandbox.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.fault.Probe.Kind;
import dev.caravan.sandbox.http.LocalServer;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.http.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The pages: all APIs, one API, and one object of it, fifty records at a time. They only look. */
public final class Pages {

    private static final int LENGTH = 50;
    private static final String ROOT = LocalServer.CONTROL_PREFIX + "/pages";

    private final Supplier<List<Holding>> holdings;

    /** Pages over what the APIs hold at the moment of each look. */
    public Pages(Supplier<List<Holding>> holdings) {
        this.holdings = holdings;
    }

    public void route(Router router) {
        router.add("GET", LocalServer.CONTROL_PREFIX, "pages", Kind.READ, this::all)
                .add("GET", ROOT, "pages", Kind.READ, this::all)
                .add("GET", ROOT + "/{api}", "pages", Kind.READ, this::one)
                .add("GET", ROOT + "/{api}/{object}", "pages", Kind.READ, this::object);
    }

    private Reply all(Request request, Map<String, String> captured) {
        Html html = new Html().text("h1", "What the destinations hold");
        for (Holding holding : holdings.get()) {
            html.text("h2", holding.title()).counts(lines(holding));
        }
        return html.page("Sandbox");
    }

    private Reply one(Request request, Map<String, String> captured) {
        for (Holding holding : holdings.get()) {
            if (holding.name().equals(captured.get("api"))) {
                return with(holding)
                        .text("h1", holding.title())
                        .counts(lines(holding))
                        .page(holding.title());
            }
        }
        return none();
    }

    private Reply object(Request request, Map<String, String> captured) {
        String object = captured.getOrDefault("object", "");
        for (Holding holding : holdings.get()) {
            if (holding.name().equals(captured.get("api")) && holding.counts().containsKey(object)) {
                return shown(request, holding, object);
            }
        }
        return none();
    }

    private static Reply shown(Request request, Holding holding, String object) {
        List<ObjectNode> records = holding.records().apply(object);
        String asked = request.query("offset").orElse("");
        int offset = asked.matches("\\d{1,9}") ? Integer.parseInt(asked) : 0;
        int from = Math.min(offset, records.size());
        int to = Math.min(from + LENGTH, records.size());
        String range = records.isEmpty() ? "none" : (from + 1) + " to " + to + " of " + records.size();
        List<Html.Link> turn = new ArrayList<>();
        String path = path(holding.name(), object) + "?offset=";
        if (from > 0) {
            turn.add(new Html.Link(path + Math.max(0, from - LENGTH), "← earlier"));
        }
        if (to < records.size()) {
            turn.add(new Html.Link(path + to, "later →"));
        }
        return with(holding)
                .text("h1", holding.title() + ": " + object)
                .text("p", range)
                .records(records.subList(from, to))
                .links(turn)
                .page(holding.title() + ": " + object);
    }

    private static Html with(Holding holding) {
        return new Html()
                .links(List.of(
                        new Html.Link(ROOT, "all destinations"),
                        new Html.Link(ROOT + "/" + Html.segment(holding.name()), holding.title())));
    }

    private static List<Html.Line> lines(Holding holding) {
        List<Html.Line> lines = new ArrayList<>();
        holding.counts()
                .forEach((object, count) ->
                        lines.add(new Html.Line(new Html.Link(path(holding.name(), object), object), count)));
        return lines;
    }

    private static String path(String api, String object) {
        return ROOT + "/" + Html.segment(api) + "/" + Html.segment(object);
    }

    private static Reply none() {
        return Reply.text(404, "No such page");
    }
}
