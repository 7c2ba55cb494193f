package dev.caravan.config;

import dev.caravan.config.check.SchemaLookup;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnDeclaration;
import dev.caravan.model.Model;
import dev.caravan.model.ModelSchema;
import dev.caravan.model.Reading;
import dev.caravan.row.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Describes CSV models as the engine does: text, unless declared; a declared zone makes a timestamp an instant. */
record CsvHeaders(Path folder) implements SchemaLookup {

    @Override
    public Optional<ModelSchema> columns(Model model) {
        if (!(model.reading() instanceof Reading.File file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(folder.resolve(file.path()))) {
            String header = lines.findFirst().orElseThrow();
            return Optional.of(new ModelSchema(Stream.of(header.split(","))
                    .map(name -> new Column(name, type(model.columns().get(name))))
                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ValueType type(ColumnDeclaration declared) {
        if (declared == null) {
            return ValueType.TEXT;
        }
        return declared.zone().isPresent() ? ValueType.TIMESTAMPTZ : declared.type();
    }
}
