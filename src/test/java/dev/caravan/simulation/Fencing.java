package dev.caravan.simulation;

import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Lease;
import dev.caravan.ledger.Ledger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Tells the oracle of leases that one worker was granted and of what it committed under them, at the moment of each commit: whoever
 * committed may stand still for long before it hears of that, and others claim meanwhile.
 */
final class Fencing {

    private final World world;
    private final String owner;
    private @Nullable Lease shown;

    Fencing(World world, String owner) {
        this.world = world;
        this.owner = owner;
    }

    /** The ledger; notes the lease that a caller shows, which is not always the one that is looked at. Nobody gives the turn on before a commit. */
    Ledger watched(Ledger real) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    shown = arguments != null && arguments.length > 0 && arguments[0] instanceof Lease lease
                            ? lease
                            : null;
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    /** A commit of this worker, when it is made. */
    void committed(String call, @Nullable Object result) {
        Lease under = shown;
        if (result instanceof Claim.Granted granted) {
            if (!world.books()
                    .unfinished(granted.lease().mapping(), granted.run())
                    .isEmpty()) {
                world.takenOver();
            }
            world.oracle().granted(granted.lease(), owner);
        } else if (under != null) {
            world.oracle().committed(call, under);
        }
    }
}
