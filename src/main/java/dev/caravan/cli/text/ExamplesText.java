package dev.caravan.cli.text;

import dev.caravan.connector.declared.example.ExampleBook;
import dev.caravan.connector.declared.example.ExampleBook.Played;
import java.io.PrintStream;

/** How a connector's examples went: a line each, and below it what does not agree. */
public final class ExamplesText {

    private ExamplesText() {}

    /** Prints them; not the problems of what could not be read. */
    public static void print(PrintStream out, ExampleBook book) {
        for (Played played : book.played()) {
            String about = played.about().isEmpty() ? "" : ": " + played.about();
            out.println((played.good() ? "ok      " : "differs ") + played.file() + about);
            played.differences().forEach(difference -> out.println("        " + difference));
        }
        long good = book.played().stream().filter(Played::good).count();
        long bad = book.played().size() - good;
        out.println(good + (good == 1 ? " example is" : " examples are") + " kept"
                + (bad == 0 ? "" : ", " + bad + (bad == 1 ? " is not" : " are not")));
    }
}
