package dev.caravan.config.field;

import dev.caravan.problem.Code;

/**
 * What is wrong with an expression.
 *
 * @param offset the code point of its text that is to blame, from 0
 */
public record ExpressionProblem(Code code, int offset, String message, String suggestion) {}
