package dev.caravan.transport.camel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Calls that are handed over as an exchange: the exchange carries a number, since its headers can only be text. */
final class OpenCalls {

    /** The exchange header with the number; it never goes on the wire. */
    static final String HEADER = "X-SFDC-Caravan-Call";

    private final AtomicLong last = new AtomicLong();
    private final Map<String, Call> calls = new ConcurrentHashMap<>();

    String open(Call call) {
        String number = Long.toString(last.incrementAndGet());
        calls.put(number, call);
        return number;
    }

    Call take(List<String> number) {
        Call call = number.size() == 1 ? calls.remove(number.getFirst()) : null;
        if (call == null) {
            throw new IllegalStateException("a raw request that no call was opened for");
        }
        return call;
    }

    void close(String number) {
        calls.remove(number);
    }
}
