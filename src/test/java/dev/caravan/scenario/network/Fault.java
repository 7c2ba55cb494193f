package dev.caravan.scenario.network;

/** What a network does to an exchange. */
enum Fault {
    DELAY("delay", "nothing moves for a while, then all goes on"),
    REFUSE("connection refused", "both connections are closed, and new ones are refused for a while"),
    RESET("reset", "both connections are reset"),
    RESET_CLIENT("reset towards the client", "the client is reset; the server gets the whole request a little later"),
    CLOSE("close", "both connections are closed in order"),
    HALF_CLOSE_SERVER(
            "half-close towards the server", "the server is told that no more comes; its answer still passes"),
    HALF_CLOSE_CLIENT(
            "half-close towards the client", "the client is told that no more comes; its request still passes"),
    DRIP_REQUEST("slow drip of the request", "the request trickles on"),
    DRIP_ANSWER("slow drip of the answer", "the answer trickles back"),
    BLACK_HOLE("black hole", "nothing passes any more, and nobody is told"),
    TRUNCATE("truncated answer", "the answer is shorter, and says so in its head"),
    DUPLICATE("duplicated answer", "the answer, or a part of it, comes twice");

    private final String words;
    private final String meaning;

    Fault(String words, String meaning) {
        this.words = words;
        this.meaning = meaning;
    }

    String words() {
        return words;
    }

    String meaning() {
        return meaning;
    }
}
