package dev.caravan.app.api;

import dev.caravan.app.Diagnosis;
import dev.caravan.app.FakeOperations;
import dev.caravan.app.Samples;
import dev.caravan.app.lock.OwnerNote;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** Fake operations behind the real route, gate and servers. */
final class Served implements AutoCloseable {

    final FakeOperations operations = new FakeOperations();
    final String token = ApiGate.newToken();
    private final Errands errands = new Errands();
    private final Servers servers;
    private final Main main = new Main();

    Served(Servers servers, Map<String, Object> beans) throws Exception {
        this.servers = servers;
        ApiRouter router = new ApiRouter(new ApiGate(token), operations, new Doctor(), errands, () -> Samples.NOON);
        ApiProcessor api = new ApiProcessor();
        api.open(router);
        main.bind("api", api);
        beans.forEach(main::bind);
        main.addInitialProperty(
                "camel.main.routesIncludePattern", "file:" + Path.of("routes").toAbsolutePath() + "/admin.camel.yaml");
        servers.properties().forEach(main::addInitialProperty);
        main.setPropertyPlaceholderLocations("false");
        main.start();
    }

    private record Doctor() implements Diagnosis {
        @Override
        public List<Finding> findings() {
            return List.of(new Finding("ledger", Level.OK, "opens"));
        }

        @Override
        public List<Finding> repair() {
            return List.of(new Finding("ledger", Level.REPAIRED, "was: shut; now: opens"));
        }
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    URI api() {
        return servers.api();
    }

    URI management() {
        return servers.management();
    }

    RemoteOperations client() {
        return new RemoteOperations(new OwnerNote(1, api(), token));
    }

    @Override
    public void close() {
        main.stop();
        errands.close();
    }
}
