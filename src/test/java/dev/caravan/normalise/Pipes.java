package dev.caravan.normalise;

/** Pipes that tests are sure of. */
final class Pipes {

    private Pipes() {}

    static Normaliser compiled(String pipe) {
        return switch (Normalisers.compile(pipe)) {
            case Compiled.Done done -> done.normaliser();
            case Compiled.Wrong wrong -> throw new AssertionError(pipe + ": " + wrong);
        };
    }
}
