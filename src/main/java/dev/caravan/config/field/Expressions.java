package dev.caravan.config.field;

import dev.caravan.mapping.FieldSource;
import dev.caravan.problem.Code;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compiles CEL expressions over the columns of one model. Of an expression's syntax and type errors only the first is
 * reported, since the others mostly follow from it; of its unknown columns each.
 */
public final class Expressions {

    private static final String ROW = "row";

    private final KnownColumns columns;

    public Expressions(KnownColumns columns) {
        this.columns = columns;
    }

    /** Compiles one expression. */
    public Compilation compile(String text) {
        CelValidationResult parsed = CelLanguage.compiler().build().parse(text);
        if (parsed.hasError()) {
            CelIssue first = parsed.getErrors().getFirst();
            return wrong(CelMessages.syntax(first, offset(parsed, first)));
        }
        try {
            return check(text, parsed.getAst());
        } catch (CelValidationException | CelEvaluationException e) {
            return wrong(new ExpressionProblem(
                    Code.EXPRESSION_SYNTAX, 0, "the expression cannot be compiled", "write it more simply"));
        }
    }

    private Compilation check(String text, CelAbstractSyntaxTree parsed)
            throws CelValidationException, CelEvaluationException {
        Map<String, Integer> read = columnsRead(parsed);
        List<ExpressionProblem> problems = new ArrayList<>(strayRows(parsed));
        CelCompilerBuilder compiler = CelLanguage.compiler();
        Map<String, String> variables = new LinkedHashMap<>();
        read.forEach((column, offset) -> {
            if (columns.lacks(column)) {
                problems.add(unknown(column, offset));
            }
            compiler.addVar(ROW + "." + column, CelLanguage.typeOf(columns.type(column)));
            variables.put(ROW + "." + column, column);
        });
        CelValidationResult checked = compiler.build().check(parsed);
        if (checked.hasError()) {
            CelIssue first = checked.getErrors().getFirst();
            if (problems.isEmpty() || !first.getMessage().contains("undeclared reference to '" + ROW + "'")) {
                problems.add(CelMessages.type(first, offset(parsed, first), columns.names()));
            }
            return new Compilation.Wrong(problems);
        }
        Optional<CelLanguage.ResultType> type =
                CelLanguage.resultOf(checked.getAst().getResultType());
        if (type.isEmpty()) {
            problems.add(CelMessages.result(checked.getAst().getResultType().name()));
        }
        if (!problems.isEmpty() || type.isEmpty()) {
            return new Compilation.Wrong(problems);
        }
        CelExpression expression =
                new CelExpression(CelLanguage.runtime().createProgram(checked.getAst()), Map.copyOf(variables));
        return new Compilation.Done(
                new FieldSource.Computed(text, read.keySet(), type.get().value(), expression));
    }

    /** Each column with the place of its first mention. */
    private static Map<String, Integer> columnsRead(CelAbstractSyntaxTree ast) {
        Map<String, Integer> read = new LinkedHashMap<>();
        nodes(ast).stream()
                .filter(node -> node.getKind() == Kind.SELECT)
                .filter(node -> isRow(node.expr().select().operand()))
                .forEach(node -> read.merge(node.expr().select().field(), position(ast, node.id()) + 1, Math::min));
        return read;
    }

    private static List<ExpressionProblem> strayRows(CelAbstractSyntaxTree ast) {
        return nodes(ast).stream()
                .filter(node -> isRow(node.expr()))
                .filter(node ->
                        node.parent().map(up -> up.getKind() != Kind.SELECT).orElse(true))
                .limit(1)
                .map(node -> new ExpressionProblem(
                        Code.EXPRESSION_TYPE,
                        position(ast, node.id()),
                        "the row by itself is no value",
                        "write row.column, or row.`any name`"))
                .toList();
    }

    private ExpressionProblem unknown(String column, int offset) {
        return new ExpressionProblem(
                Code.MODEL_COLUMN_UNKNOWN, offset, "the model has no column '" + column + "'", columns.suggest(column));
    }

    private static List<CelNavigableExpr> nodes(CelAbstractSyntaxTree ast) {
        return CelNavigableAst.fromAst(ast).getRoot().allNodes().toList();
    }

    private static boolean isRow(dev.cel.common.ast.CelExpr expr) {
        return expr.getKind() == Kind.IDENT && expr.ident().name().equals(ROW);
    }

    private static int position(CelAbstractSyntaxTree ast, long id) {
        Integer position = ast.getSource().getPositionsMap().get(id);
        return position == null ? 0 : position;
    }

    private static int offset(CelValidationResult result, CelIssue issue) {
        return result.getSource().getLocationOffset(issue.getSourceLocation()).orElse(0);
    }

    private static int offset(CelAbstractSyntaxTree ast, CelIssue issue) {
        return ast.getSource().getLocationOffset(issue.getSourceLocation()).orElse(0);
    }

    private static Compilation wrong(ExpressionProblem problem) {
        return new Compilation.Wrong(List.of(problem));
    }
}
