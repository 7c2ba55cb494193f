package dev.caravan.connector.declared.template;

/** What a function makes of a datum. */
sealed interface Result {

    /** This. */
    record Made(Datum datum) implements Result {
        static Made text(String text) {
            return new Made(Datum.One.text(text));
        }
    }

    /** Nothing: it does not fit. */
    record Unfit(String reason) implements Result {}
}
