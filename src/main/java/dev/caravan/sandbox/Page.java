package dev.caravan.sandbox;

import dev.caravan.sandbox.http.Request;

/** The part of a list a control request asks for with {@code offset} and {@code limit}; all of it by default. */
record Page(int from, int to) {

    static Page of(Request request, int size) {
        int from = Math.clamp(number(request, "offset", 0), 0, size);
        int limit = number(request, "limit", size);
        return new Page(from, Math.clamp((long) from + limit, from, size));
    }

    private static int number(Request request, String name, int otherwise) {
        String text = request.query(name).orElse("");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : otherwise;
    }
}
