package dev.caravan.app.shelf;

import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.model.Model;
import dev.caravan.model.ModelSchema;
import dev.caravan.row.RowKey;
import dev.caravan.source.Engine;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import dev.caravan.source.SnapshotUpkeep;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** An engine whose snapshots others have copies of: what is done to one outside of runs is done to all of them. */
public record ShelvedEngine(Engine engine, SnapshotUpkeep upkeep, SharedSnapshots shelf)
        implements Engine, SnapshotUpkeep {

    @Override
    public ModelSchema describe(Model model) {
        return engine.describe(model);
    }

    @Override
    public EngineSession open(Mapping mapping, RowKey.Equality keyEquality) {
        return engine.open(mapping, keyEquality);
    }

    @Override
    public OptionalLong appliedSeq(MappingId mapping) {
        return engine.appliedSeq(mapping);
    }

    @Override
    public void reset(MappingId mapping) {
        shelf.reset(mapping);
        engine.reset(mapping);
    }

    @Override
    public Set<RowKey> keys(MappingId mapping, Predicate<RowKey> wanted) {
        shelf.current(mapping);
        return upkeep.keys(mapping, wanted);
    }

    @Override
    public long forget(MappingId mapping, Set<RowKey> keys) {
        shelf.current(mapping);
        long forgotten = upkeep.forget(mapping, keys);
        if (forgotten > 0) {
            shelf.replace(mapping);
        }
        return forgotten;
    }

    @Override
    public void takeUp(MappingId mapping, Iterator<Settlement> settlements) {
        upkeep.takeUp(mapping, settlements);
    }

    @Override
    public List<String> leftovers() {
        return upkeep.leftovers();
    }

    @Override
    public List<String> removeLeftovers() {
        return upkeep.removeLeftovers();
    }

    @Override
    public void close() {
        engine.close();
    }
}
