package dev.caravan.app.connect;

import dev.caravan.config.settings.Catalogue;
import java.nio.file.Path;

/** The connectors of a workspace. */
public final class Catalogues {

    private Catalogues() {}

    /** Those of the house, as there are no others yet. */
    public static Catalogue of(Path workspace) {
        return Catalogue.BUILT_IN;
    }
}
