package dev.caravan.config.field;

import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.cel.common.CelIssue;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in a mapping author's words what the CEL compiler says in its own. */
final class CelMessages {

    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '(.+?)' applied to '(.*?)'(?: \\(candidates.*)?");
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(.*?)'.*");
    private static final Set<String> LOOPS = Set.of("all", "exists", "exists_one", "filter", "map");
    /** Those whose results a field can take, or that lead to one. */
    static final List<String> FUNCTIONS = List.of(
            "bool",
            "charAt",
            "contains",
            "double",
            "dyn",
            "duration",
            "endsWith",
            "getDate",
            "getDayOfMonth",
            "getDayOfWeek",
            "getDayOfYear",
            "getFullYear",
            "getHours",
            "getMilliseconds",
            "getMinutes",
            "getMonth",
            "getSeconds",
            "indexOf",
            "int",
            "lastIndexOf",
            "lowerAscii",
            "matches",
            "size",
            "split",
            "startsWith",
            "string",
            "substring",
            "timestamp",
            "trim",
            "upperAscii");

    private CelMessages() {}

    static ExpressionProblem syntax(CelIssue issue, int offset) {
        String message = issue.getMessage();
        if (message.contains("input '<EOF>'")) {
            return syntax(offset, "the expression ends too early", "complete it, or remove the last operator");
        }
        if (message.contains("error at: '='") || message.contains("error at: '= '")) {
            return syntax(offset, "'=' does not compare", "write ==");
        }
        int cut = message.indexOf(" expecting ");
        return syntax(
                offset,
                cut < 0 ? message : message.substring(0, cut),
                "check brackets, quotes and operators around here");
    }

    private static ExpressionProblem syntax(int offset, String message, String suggestion) {
        return new ExpressionProblem(Code.EXPRESSION_SYNTAX, offset, message, suggestion);
    }

    static ExpressionProblem type(CelIssue issue, int offset, List<String> columns) {
        Matcher overload = OVERLOAD.matcher(issue.getMessage());
        if (overload.matches()) {
            String types = plain(overload.group(2));
            String operator = overload.group(1).replace("_", "").replace("@in", "in");
            return problem(offset, "'" + operator + "' does not take " + types, conversion(operator, types));
        }
        Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
        if (undeclared.matches()) {
            String name = undeclared.group(1);
            return problem(offset, "unknown name '" + name + "'", hint(name, columns));
        }
        return problem(offset, plain(issue.getMessage()), "check the types of what it is made of");
    }

    static ExpressionProblem result(String type) {
        return problem(
                0,
                "the expression yields '" + plain(type) + "'",
                "a field takes text, a number, true or false, or an instant");
    }

    private static ExpressionProblem problem(int offset, String message, String suggestion) {
        return new ExpressionProblem(Code.EXPRESSION_TYPE, offset, message, suggestion);
    }

    private static String plain(String types) {
        return types.replaceAll("wrapper\\(([a-z.]+)\\)", "$1")
                .replace("google.protobuf.Timestamp", "timestamp")
                .replace("google.protobuf.Duration", "duration");
    }

    private static String conversion(String operator, String types) {
        if (types.contains("decimal")) {
            return "a decimal is exact and stays so: convert it with double(…) to compute with it";
        }
        if (operator.equals("?:") && types.contains("null")) {
            return "write dyn(null) where a field is to be empty";
        }
        if (types.contains("double") && types.contains("int")) {
            return "write the whole number with a point, such as 100.0, or convert it with double(…)";
        }
        if (types.contains("string")) {
            return "convert the number with string(…), or the text with double(…) or int(…)";
        }
        return "both sides need one type: convert with double(…), int(…) or string(…)";
    }

    private static String hint(String name, List<String> columns) {
        if (columns.contains(name)) {
            return "write row." + name;
        }
        if (name.equals("has")) {
            return "compare with null: row.column != null";
        }
        if (LOOPS.contains(name)) {
            return "expressions have no loops";
        }
        return Spelling.suggest(
                name, FUNCTIONS, "columns are written row.column; the functions are " + String.join(", ", FUNCTIONS));
    }
}
