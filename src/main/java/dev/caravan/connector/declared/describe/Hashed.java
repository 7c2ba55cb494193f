package dev.caravan.connector.declared.describe;

import dev.caravan.connector.declared.spec.DescribeSpec;
import dev.caravan.connector.declared.spec.FieldSpec;
import dev.caravan.normalise.Compiled;
import dev.caravan.normalise.Normaliser;
import dev.caravan.normalise.Normalisers;
import java.util.List;
import java.util.Optional;

/** Which fields hold hashes, and whose. */
public final class Hashed {

    private Hashed() {}

    /** The pipe that a field's values have gone through, if it ends in a hash. */
    public static Optional<Normaliser> of(DescribeSpec about, String field) {
        List<FieldSpec> fields = switch (about) {
            case DescribeSpec.Known known -> known.fields();
            case DescribeSpec.Asked asked -> asked.also();
        };
        return fields.stream()
                .filter(one -> one.name().equals(field))
                .flatMap(one -> one.normalise().stream())
                .flatMap(pipe -> Normalisers.compile(pipe) instanceof Compiled.Done done
                        ? Optional.of(done.normaliser()).stream()
                        : Optional.<Normaliser>empty().stream())
                .filter(Normaliser::hashes)
                .findFirst();
    }
}
