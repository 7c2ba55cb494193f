package dev.caravan.app.api;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * The step {@code api} of {@code routes/admin.camel.yaml}: takes the request out of the exchange, removes every header, so that
 * nothing a client sent can steer Camel, and puts the answer in.
 */
public final class ApiProcessor implements Processor {

    private final ApiRouter router;

    public ApiProcessor(ApiRouter router) {
        this.router = router;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String body = message.getBody(String.class);
        ApiRequest request = ApiRequest.of(
                header(message, Exchange.HTTP_METHOD),
                header(message, Exchange.HTTP_PATH),
                header(message, Exchange.HTTP_RAW_QUERY),
                header(message, "Host"),
                header(message, "Authorization"),
                body == null ? "" : body);
        message.removeHeaders("*");
        ApiResponse response = router.answer(request);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, response.status());
        message.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=utf-8");
        message.setBody(response.body().toString());
    }

    private static String header(Message message, String name) {
        String value = message.getHeader(name, String.class);
        return value == null ? "" : value;
    }
}
