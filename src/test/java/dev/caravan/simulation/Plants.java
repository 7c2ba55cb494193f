package dev.caravan.simulation;

import dev.caravan.delivery.link.StopSignal;
import dev.caravan.destination.Destination;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Leases;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.Target;
import dev.caravan.pipeline.Step;
import dev.caravan.simulation.fake.CommitHook;
import dev.caravan.simulation.fake.MemoryLedger;
import dev.caravan.simulation.fake.MemoryWarehouse;
import dev.caravan.simulation.fake.MemoryWarehouse.ModelRow;
import dev.caravan.source.Engine;
import dev.caravan.transport.Transport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Where a collaborator of the protocol may be replaced by one with a planted bug. As it is, nothing is replaced. */
class Plants {

    Ledger ledger(MemoryLedger.Disk disk, InstantSource clock, CommitHook hook) {
        return new MemoryLedger(disk, clock, hook);
    }

    /** The ledger of one of several workers. */
    Ledger sharedLedger(MemoryLedger.Disk disk, InstantSource clock, CommitHook hook, MemoryLedger.Owner owner) {
        return new MemoryLedger(disk, clock, hook, owner);
    }

    /** What a worker is told of its leases. */
    Leases leases(Leases leases) {
        return leases;
    }

    /** The ledger as delivery sees it. */
    Deliveries deliveries(Ledger ledger) {
        return ledger;
    }

    Engine engine(Engine engine) {
        return engine;
    }

    Destination destination(Wire wire, IdempotencyClass idempotency) {
        return new ModelDestination(wire, idempotency);
    }

    Transport transport(Transport transport) {
        return transport;
    }

    StopSignal stop(StopSignal stop) {
        return stop;
    }

    Step recover(Step recover) {
        return recover;
    }

    Duration zombieWindow(IdempotencyClass idempotency, Duration window) {
        return window;
    }

    /** The next read breaks off half way. */
    void breakRead(MemoryWarehouse warehouse, String table, List<ModelRow> rows) {
        warehouse.breakNextRead(table);
    }

    /** Whether a row is read at all. */
    boolean reads(ModelRow row) {
        return true;
    }

    Target.OnUnknown onUnknown() {
        return Target.OnUnknown.HOLD;
    }
}
