package dev.caravan.sandbox.salesforce.query;

import dev.caravan.sandbox.salesforce.query.Soql.Condition;
import dev.caravan.sandbox.salesforce.query.Soql.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads SOQL text. One instance a query; the first thing it does not understand ends the reading. */
public final class SoqlParser {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|([A-Za-z_][\\w.]*)|([+-]?\\d[\\w.:+-]*)|(<=|>=|!=|<>|[=<>(),]))");
    private static final Set<String> OPERATORS = Set.of("=", "!=", "<>", "<", "<=", ">", ">=");

    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private String problem = "";

    private enum Kind {
        TEXT,
        WORD,
        NUMBER,
        SYMBOL,
        END
    }

    private record Token(Kind kind, String text) {}

    /** A query, or the complaint about it. */
    public sealed interface Parsed {
        /** What was understood. */
        record Query(Soql soql) implements Parsed {}

        /** Why it was not. */
        record Malformed(String message) implements Parsed {}
    }

    private SoqlParser(String text) {
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(token(matcher));
            end = matcher.end();
            matcher.region(end, text.length());
        }
        if (!text.substring(end).isBlank()) {
            fail("unexpected token: '" + text.substring(end).strip().charAt(0) + "'");
        }
    }

    public static Parsed parse(String text) {
        SoqlParser parser = new SoqlParser(text);
        Soql soql = parser.query();
        return parser.problem.isEmpty() ? new Parsed.Query(soql) : new Parsed.Malformed(parser.problem);
    }

    private Soql query() {
        expect("SELECT");
        List<String> fields = fields();
        expect("FROM");
        String object = word();
        List<Condition> conditions = new ArrayList<>();
        if (accept("WHERE")) {
            do {
                conditions.add(condition());
            } while (accept("AND"));
        }
        String orderBy = "";
        boolean descending = false;
        if (accept("ORDER")) {
            expect("BY");
            orderBy = word();
            descending = accept("DESC");
            accept("ASC");
        }
        int limit = accept("LIMIT") ? number() : Integer.MAX_VALUE;
        int offset = accept("OFFSET") ? number() : 0;
        if (peek().kind() != Kind.END) {
            fail("unexpected token: '" + peek().text() + "'");
        }
        return new Soql(fields, object, conditions, orderBy, descending, limit, offset);
    }

    private List<String> fields() {
        List<String> fields = new ArrayList<>();
        do {
            String name = word();
            if (name.equalsIgnoreCase("COUNT") && accept("(")) {
                expect(")");
                return List.of();
            }
            fields.add(name);
        } while (accept(","));
        return fields;
    }

    private Condition condition() {
        String field = word();
        String operator = next().text().toUpperCase(Locale.ROOT);
        if (operator.equals("NOT")) {
            expect("IN");
            return new Condition(field, "NOT IN", list());
        }
        if (operator.equals("IN")) {
            return new Condition(field, "IN", list());
        }
        if (!OPERATORS.contains(operator) && !operator.equals("LIKE")) {
            fail("unexpected token: '" + operator + "'");
        }
        return new Condition(field, operator.equals("<>") ? "!=" : operator, List.of(literal()));
    }

    private List<Literal> list() {
        List<Literal> values = new ArrayList<>();
        expect("(");
        do {
            values.add(literal());
        } while (accept(","));
        expect(")");
        return values;
    }

    private Literal literal() {
        Token token = next();
        if (token.kind() == Kind.SYMBOL || token.kind() == Kind.END) {
            fail("unexpected token: '" + token.text() + "'");
        }
        return new Literal(token.text(), token.kind() == Kind.TEXT);
    }

    private int number() {
        Token token = next();
        if (token.kind() == Kind.NUMBER && token.text().matches("\\d{1,9}")) {
            return Integer.parseInt(token.text());
        }
        fail("unexpected token: '" + token.text() + "'");
        return 0;
    }

    private String word() {
        Token token = next();
        if (token.kind() != Kind.WORD) {
            fail("unexpected token: '" + token.text() + "'");
        }
        return token.text();
    }

    private void expect(String word) {
        if (!accept(word)) {
            fail("unexpected token: '" + peek().text() + "', expecting '" + word + "'");
        }
    }

    private boolean accept(String word) {
        boolean is = peek().kind() != Kind.TEXT && peek().text().equalsIgnoreCase(word);
        if (is) {
            at++;
        }
        return is;
    }

    private Token next() {
        Token token = peek();
        at++;
        return token;
    }

    private Token peek() {
        return at < tokens.size() ? tokens.get(at) : new Token(Kind.END, "<EOF>");
    }

    private void fail(String why) {
        if (problem.isEmpty()) {
            problem = why;
        }
    }

    private static Token token(Matcher matcher) {
        if (matcher.group(1) != null) {
            return new Token(Kind.TEXT, unescaped(matcher.group(1)));
        }
        if (matcher.group(2) != null) {
            return new Token(Kind.WORD, matcher.group(2));
        }
        return matcher.group(3) != null
                ? new Token(Kind.NUMBER, matcher.group(3))
                : new Token(Kind.SYMBOL, matcher.group(4));
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                plain.append(
                        switch (text.charAt(i)) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            default -> text.charAt(i);
                        });
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
