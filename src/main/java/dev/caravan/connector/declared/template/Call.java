package dev.caravan.connector.declared.template;

import java.util.List;

/** A function on what stands before it. */
public record Call(Function function, List<String> arguments) {
    public Call {
        arguments = List.copyOf(arguments);
    }
}
