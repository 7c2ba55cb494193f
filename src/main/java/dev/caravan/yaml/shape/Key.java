package dev.caravan.yaml.shape;

/**
 * A key of a block.
 *
 * @param about what it means, in one line: for editors and for the docs
 */
public record Key(String name, Shape shape, boolean required, String about) {

    /** A key that may be left out. */
    public static Key may(String name, Shape shape, String about) {
        return new Key(name, shape, false, about);
    }

    /** A key that must be there. */
    public static Key must(String name, Shape shape, String about) {
        return new Key(name, shape, true, about);
    }
}
