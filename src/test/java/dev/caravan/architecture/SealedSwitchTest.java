package dev.caravan.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.PatternTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * A switch over a sealed type of ours has no default: a new case must be a compile error wherever it matters. Byte code
 * no longer tells, so the sources are parsed.
 */
class SealedSwitchTest {

    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void noDefaultOverOurSealedTypes() throws IOException {
        Set<String> cases = House.CLASSES.stream()
                .map(JavaClass::reflect)
                .filter(Class::isSealed)
                .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                .map(Class::getSimpleName)
                .collect(Collectors.toSet());

        assertThat(defaultsOver(cases, sources()))
                .as("name every case instead of default, so that the compiler finds this place when one is added")
                .isEmpty();
    }

    @Test
    void aDefaultIsFound() throws IOException {
        Path file = Files.createTempFile("Sealed", ".java");
        Files.writeString(file, """
                class A {
                    int bad(Object o) { return switch (o) { case Accepted a -> 1; case Gone(var why) -> 2; default -> 3; }; }
                    int good(Object o) { return switch (o) { case String s -> 1; default -> 3; }; }
                }
                """);
        assertThat(defaultsOver(Set.of("Accepted", "Gone"), List.of(file))).hasSize(1);
        Files.delete(file);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> walk = Files.walk(SOURCES)) {
            return walk.filter(path -> path.toString().endsWith(".java")).toList();
        }
    }

    private static List<String> defaultsOver(Set<String> cases, List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            List<String> found = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                new Defaults(cases, found).scan(unit, unit.getSourceFile().getName());
            }
            return found;
        }
    }

    /** Collects the files with a switch that has both a case of ours and a default. */
    private static final class Defaults extends TreeScanner<Void, String> {

        private final Set<String> cases;
        private final List<String> found;

        Defaults(Set<String> cases, List<String> found) {
            this.cases = cases;
            this.found = found;
        }

        @Override
        public Void visitSwitch(SwitchTree node, String file) {
            look(node.getCases(), file);
            return super.visitSwitch(node, file);
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree node, String file) {
            look(node.getCases(), file);
            return super.visitSwitchExpression(node, file);
        }

        private void look(List<? extends CaseTree> branches, String file) {
            List<CaseLabelTree> labels = branches.stream()
                    .<CaseLabelTree>flatMap(branch -> branch.getLabels().stream())
                    .toList();
            if (labels.stream().anyMatch(DefaultCaseLabelTree.class::isInstance)
                    && labels.stream().anyMatch(this::isOurs)) {
                found.add(file);
            }
        }

        private boolean isOurs(CaseLabelTree label) {
            return label instanceof PatternCaseLabelTree pattern && cases.contains(typeOf(pattern.getPattern()));
        }

        private static String typeOf(PatternTree pattern) {
            String name = switch (pattern) {
                case BindingPatternTree binding -> {
                    VariableTree variable = binding.getVariable();
                    yield String.valueOf(variable.getType());
                }
                case DeconstructionPatternTree record ->
                    record.getDeconstructor().toString();
                default -> "";
            };
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }
}
