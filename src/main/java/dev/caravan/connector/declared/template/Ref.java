package dev.caravan.connector.declared.template;

/**
 * What a hole names.
 *
 * @param name what follows the root; empty for a root alone
 * @param optional whether what is absent leaves its key, item or parameter out; else it is refused
 */
public record Ref(Root root, String name, boolean optional) {

    /** Whether it names the keys of all rows of a request. */
    boolean isKeys() {
        return root == Root.BATCH && name.equals("keys");
    }

    /** As it is written, without the question mark. */
    public String text() {
        return name.isEmpty() ? root.text() : root.text() + "." + name;
    }
}
