package dev.caravan.app.connect;

import dev.caravan.app.connect.ConnectorFacts.Setting;
import dev.caravan.config.settings.CaravanShapes;
import dev.caravan.config.settings.Catalogue;
import dev.caravan.config.settings.ConnectorKind;
import dev.caravan.problem.Code;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.BlockShape.Choice;
import dev.caravan.yaml.shape.Key;
import dev.caravan.yaml.shape.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a connection on a connector may say, read from the shape that {@code validate} holds caravan.yaml against. */
final class SettingFacts {

    private SettingFacts() {}

    static List<Setting> of(String connector) {
        BlockShape shape = connections().blocks().get(connector);
        return shape.keys().stream()
                .filter(key -> !key.name().equals("connector"))
                .map(key -> setting(connector, shape, key))
                .toList();
    }

    private static Shape.Tagged connections() {
        Shape all = CaravanShapes.file(Catalogue.BUILT_IN)
                .key("connections")
                .orElseThrow()
                .shape();
        return (Shape.Tagged) ((Shape.Names) all).value();
    }

    private static Setting setting(String connector, BlockShape shape, Key key) {
        Optional<String> usual = Catalogue.BUILT_IN.find(connector).stream()
                .flatMap(kind -> kind.keys().stream())
                .filter(each -> each.name().equals(key.name()))
                .findFirst()
                .flatMap(ConnectorKind.Key::byDefault);
        String need = usual.map(word -> "`" + word + "` unless said otherwise")
                .orElseGet(() -> key.required() ? "needed" : rival(shape, key).orElse("may be left out"));
        List<String> words = words(key.shape()).toList();
        return new Setting(
                key.name(),
                (secret(key.shape()) ? "secret, " : "") + need,
                key.about() + (words.isEmpty() ? "" : "; one of " + String.join(", ", words)));
    }

    private static Optional<String> rival(BlockShape shape, Key key) {
        return shape.choices().stream()
                .filter(choice -> choice.required() && choice.keys().contains(key.name()))
                .map((Choice choice) -> choice.keys().stream()
                        .filter(name -> !name.equals(key.name()))
                        .collect(Collectors.joining("`, `", "needed unless there is `", "`")))
                .findFirst();
    }

    private static boolean secret(Shape shape) {
        return shape instanceof Shape.All all
                && all.shapes().stream()
                        .anyMatch(each -> each instanceof Shape.Worded worded && worded.code() == Code.SECRET_LITERAL);
    }

    private static Stream<String> words(Shape shape) {
        return switch (shape) {
            case Shape.Words words -> words.words().stream();
            case Shape.All all -> all.shapes().stream().flatMap(SettingFacts::words);
            case Shape.Either either -> either.shapes().stream().flatMap(SettingFacts::words);
            case Shape.Worded worded -> words(worded.shape());
            default -> Stream.empty();
        };
    }
}
