package dev.caravan.simulation;

import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Lease;
import dev.caravan.ledger.Ledger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Tells the oracle of leases that were granted and of what was committed under them. */
final class Fencing {

    private Fencing() {}

    static Ledger watched(Ledger real, World world, String owner) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                    if (result instanceof Claim.Granted granted) {
                        if (!world.books()
                                .unfinished(granted.lease().mapping(), granted.run())
                                .isEmpty()) {
                            world.takenOver();
                        }
                        world.oracle().granted(granted.lease(), owner);
                    } else if (arguments != null
                            && arguments.length > 0
                            && arguments[0] instanceof Lease lease
                            // Tells a number only where it is another one.
                            && !method.getName().equals("unresolved")) {
                        world.oracle().committed(method.getName(), lease);
                    }
                    return result;
                });
    }
}
