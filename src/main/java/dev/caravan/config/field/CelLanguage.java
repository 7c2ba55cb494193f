package dev.caravan.config.field;

import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Our dialect of CEL: the standard functions, a decimal type, and text functions whose result is never longer than their
 * input, so that no expression can grow what it computes faster than it is long itself.
 */
final class CelLanguage {

    /** The most characters of an expression. */
    static final int MAX_LENGTH = 4_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableQuotedIdentifierSyntax(true)
            .enableComprehension(false)
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseRecursionDepth(100)
            .maxRegexProgramSize(2_000)
            .build();

    private static final CelType DECIMAL = OpaqueType.create("decimal");

    private static final CelStringExtensions TEXT = CelExtensions.strings(
            Function.CHAR_AT,
            Function.INDEX_OF,
            Function.LAST_INDEX_OF,
            Function.LOWER_ASCII,
            Function.SPLIT,
            Function.SUBSTRING,
            Function.TRIM,
            Function.UPPER_ASCII);

    private static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(TEXT)
            .addFunctionBindings(
                    CelFunctionBinding.from("decimal_to_double", BigDecimal.class, BigDecimal::doubleValue),
                    CelFunctionBinding.from(
                            "decimal_to_string", BigDecimal.class, value -> new Value.Decimal(value).text()))
            .build();

    private CelLanguage() {}

    /** The text functions beside the standard ones, by name. */
    static Set<String> textFunctions() {
        return TEXT.functions().stream().map(CelFunctionDecl::name).collect(Collectors.toUnmodifiableSet());
    }

    /** A compiler that knows no column yet. */
    static CelCompilerBuilder compiler() {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros()
                .addLibraries(TEXT)
                .addFunctionDeclarations(
                        CelFunctionDecl.newFunctionDeclaration(
                                "double",
                                CelOverloadDecl.newGlobalOverload("decimal_to_double", SimpleType.DOUBLE, DECIMAL)),
                        CelFunctionDecl.newFunctionDeclaration(
                                "string",
                                CelOverloadDecl.newGlobalOverload("decimal_to_string", SimpleType.STRING, DECIMAL)));
    }

    static CelRuntime runtime() {
        return RUNTIME;
    }

    /** The CEL type of a column; anything goes where its type is not known. */
    static CelType typeOf(Optional<ValueType> column) {
        if (column.isEmpty()) {
            return SimpleType.DYN;
        }
        return NullableType.create(
                switch (column.get()) {
                    case BOOLEAN -> SimpleType.BOOL;
                    case INTEGER -> SimpleType.INT;
                    case DECIMAL -> DECIMAL;
                    case DOUBLE -> SimpleType.DOUBLE;
                    case TEXT, DATE, TIME, TIMESTAMP, JSON, BINARY -> SimpleType.STRING;
                    case TIMESTAMPTZ -> SimpleType.TIMESTAMP;
                });
    }

    /** What a result type means for a field; null where it means nothing. */
    static Optional<ResultType> resultOf(CelType type) {
        CelType plain = type instanceof NullableType nullable ? nullable.targetType() : type;
        return switch (plain.name()) {
            case "bool" -> ResultType.of(ValueType.BOOLEAN);
            case "int" -> ResultType.of(ValueType.INTEGER);
            case "double" -> ResultType.of(ValueType.DOUBLE);
            case "decimal" -> ResultType.of(ValueType.DECIMAL);
            case "string" -> ResultType.of(ValueType.TEXT);
            case "google.protobuf.Timestamp" -> ResultType.of(ValueType.TIMESTAMPTZ);
            case "dyn", "null_type" -> Optional.of(new ResultType(Optional.empty()));
            default -> Optional.empty();
        };
    }

    /** The type of a field value; empty when only the row decides. */
    record ResultType(Optional<ValueType> value) {
        private static Optional<ResultType> of(ValueType type) {
            return Optional.of(new ResultType(Optional.of(type)));
        }
    }
}
