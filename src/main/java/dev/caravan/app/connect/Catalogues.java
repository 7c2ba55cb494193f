package dev.caravan.app.connect;

import dev.caravan.config.settings.Catalogue;
import java.nio.file.Path;

/** The connectors of a workspace. */
public final class Catalogues {

    private Catalogues() {}

    /** Those of the house, those that come with Caravan as files, and the workspace's own. */
    public static Catalogue of(Path workspace) {
        DeclaredConnectors connectors = DeclaredConnectors.of(workspace);
        return Catalogue.with(connectors.kinds(), connectors.broken(), connectors.problems());
    }
}
