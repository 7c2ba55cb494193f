package dev.caravan.transport.file;

import java.nio.file.Path;

/**
 * The files of one object. All but the data and its manifest begin with a dot, so that nobody takes them for data.
 *
 * @param data what people and programs read
 * @param next its next generation in the making
 * @param lock held by who publishes
 */
record Names(Path folder, Path data, Path manifest, Path next, Path nextManifest, Path lock) {

    static Names of(Path folder, String object) {
        return new Names(
                folder,
                folder.resolve(object),
                folder.resolve(object + ".manifest.json"),
                folder.resolve("." + object + ".next"),
                folder.resolve("." + object + ".manifest.next"),
                folder.resolve("." + object + ".lock"));
    }
}
