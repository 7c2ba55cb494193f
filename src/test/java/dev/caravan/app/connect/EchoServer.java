package dev.caravan.app.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.caravan.connector.declared.example.Example;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.camel.http.WireServer;
import dev.caravan.transport.camel.http.WireServer.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.stream.Collectors;

/** An API that throws back all it was sent, as words in its answers, in whatever escapes there are. */
final class EchoServer implements AutoCloseable {

    /** In every secret and token, and nowhere else. */
    static final String CORE = "c4n4ry7f3a";

    /** What stands before what is thrown back. */
    static final String MARK = "you sent:";

    /** How the address and token of an account that is shown by Basic look on the wire. */
    static final String BASE64 =
            Base64.getEncoder().encodeToString(("7/token:" + secret("api_token")).getBytes(StandardCharsets.UTF_8));

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How it answers. */
    enum Mode {
        AS_RECORDED(0, true),
        OK(200, true),
        BAD(400, true),
        UNAUTHORIZED(401, true),
        FORBIDDEN(403, true),
        UNKNOWN(404, true),
        UNFIT(422, true),
        BUSY(429, true),
        BROKEN(500, true),
        CUT(200, true),
        NO_TOKEN(200, false),
        NO_LOG_IN(400, false),
        BROKEN_LOG_IN(500, false);

        private final int status;
        private final boolean letsIn;

        Mode(int status, boolean letsIn) {
            this.status = status;
            this.letsIn = letsIn;
        }
    }

    private final WireServer server = new WireServer();
    private final Deque<HttpAnswer> script = new ArrayDeque<>();
    private Mode mode = Mode.OK;
    private int number;

    EchoServer() {
        server.behaviour = (seen, wire) -> answer(seen, wire);
    }

    /** A secret that every escape has something to do with. */
    static String secret(String name) {
        return name + "/" + CORE + "+\"<&\\é=";
    }

    String url() {
        return server.url();
    }

    synchronized void answer(Mode next) {
        mode = next;
    }

    /** What the next requests are answered, with the echo in it. */
    synchronized void script(Example example) {
        script.clear();
        example.exchanges().forEach(exchange -> script.add(exchange.answer()));
    }

    /** All that came. */
    String seen() {
        return server.seen.stream().map(EchoServer::echo).collect(Collectors.joining("\n"));
    }

    private synchronized void answer(Seen seen, WireServer.Wire wire) throws IOException {
        boolean logIn = (seen.path() + seen.text()).contains("grant_type");
        if (logIn && mode.letsIn) {
            String token = JSON.writeValueAsString(secret("token") + number++);
            wire.reply(
                    200,
                    "{\"access_token\":" + ascii(token) + ",\"expires_in\":3600,\"instance_url\":\"" + url()
                            + "\",\"id\":\"" + url() + "/id/00D000000000001EAA/005000000000001AAA\"}");
        } else if (mode == Mode.CUT) {
            byte[] body = body(seen).getBytes(StandardCharsets.UTF_8);
            wire.head(200, body.length);
            wire.out().write(body, 0, body.length / 2);
            wire.reset();
        } else if (mode == Mode.AS_RECORDED && !script.isEmpty() && !asksForTheAccount(seen)) {
            HttpAnswer answer = script.removeFirst();
            wire.reply(answer.status(), said(answer, seen));
        } else {
            wire.reply(mode.status == 0 ? 200 : mode.status, body(seen));
        }
    }

    private static boolean asksForTheAccount(Seen seen) {
        return seen.path().equals("/me") || seen.path().startsWith("/account-info");
    }

    /** Header values are bytes; a token with more than ASCII in it is no header's value. */
    private static String ascii(String token) {
        return token.replace("é", "e");
    }

    private static String echo(Seen seen) {
        return MARK + " " + seen.method() + " " + seen.path() + " " + seen.headers() + " " + seen.text();
    }

    /** A recorded answer whose sentences go on with the echo. */
    private static String said(HttpAnswer answer, Seen seen) throws IOException {
        String text = answer.body().text();
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return text + (text.isBlank() ? "" : echo(seen));
        }
        return with(JSON.readTree(text), echo(seen)).toString();
    }

    private static JsonNode with(JsonNode node, String echo) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> object.set(name, with(object.get(name), echo)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, with(array.get(i), echo));
            }
        } else if (node.isTextual() && node.textValue().contains(" ")) {
            return TextNode.valueOf(node.textValue() + " " + echo);
        }
        return node;
    }

    /** Wherever one of the connectors looks for words. */
    private String body(Seen seen) {
        String echo = echo(seen);
        boolean other = number++ % 2 == 0;
        ObjectNode body = JSON.createObjectNode();
        body.put("message", echo).put("description", echo).put("category", echo).put("portalId", echo);
        body.putObject("app").put("id_code", echo);
        if (other) {
            body.put("error", echo).put("error_description", echo);
        } else {
            body.putObject("error").put("code", 100).put("status", echo).put("message", echo);
        }
        body.put("success", false);
        body.put("errorCode", "ECHOED").put("errorMessage", "ECHOED:" + echo);
        body.putArray("errors")
                .addObject()
                .put("statusCode", "ECHOED")
                .put("code", other ? echo : "1003")
                .put("message", echo)
                .put("type", echo);
        String text = (seen.path().startsWith("/services/data")
                        ? JSON.createArrayNode().add(body)
                        : body)
                .toString();
        return other ? text.replace("/", "\\/") : text;
    }

    @Override
    public void close() {
        server.close();
    }
}
