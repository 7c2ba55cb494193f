package dev.caravan.connector.declared.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What could not be filled. For one thread. A row named here is not sent; what is of no row lets nothing be sent. */
public final class Faults {

    private final List<Fault> faults = new ArrayList<>();
    private boolean login;

    /**
     * One thing that could not be filled.
     *
     * @param place the row's, or {@link Scope#NO_ROW}
     * @param field the field it is about, where it is about one
     * @param reason what is wrong, without the value
     */
    public record Fault(int place, Optional<String> field, String reason) {}

    void add(Scope scope, Ref ref, String reason) {
        Optional<String> field = ref.root() == Root.ROW_FIELD ? Optional.of(ref.name()) : scope.field();
        faults.add(new Fault(scope.place(), field, ref.text() + ": " + reason));
    }

    void add(Scope scope, String reason) {
        faults.add(new Fault(scope.place(), scope.field(), reason));
    }

    void nameLogin() {
        login = true;
    }

    /** Whether anything that was filled names the log-in, so that it is to be filled again under the one it is sent under. */
    public boolean loginNamed() {
        return login;
    }

    /** Whether everything could be filled. */
    public boolean none() {
        return faults.isEmpty();
    }

    /** In the order of finding. */
    public List<Fault> all() {
        return List.copyOf(faults);
    }
}
