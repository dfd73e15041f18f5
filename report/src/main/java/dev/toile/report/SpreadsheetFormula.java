package dev.toile.report;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Formula;
import dev.toile.stack.figure.Formula.Expression;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A figure's formula in the language of spreadsheets: names of inputs become addresses of cells.
 *
 * @param formula of the figure
 * @param inputs the formula reads
 * @param addresses of the inputs' cells, in the same order
 */
record SpreadsheetFormula(Formula formula, List<Figure> inputs, List<String> addresses) {

    String text() {
        return text(formula.root());
    }

    private String text(Expression expression) {
        return switch (expression) {
            case Expression.Constant(double value) -> constant(value);
            case Expression.Name(String name) -> address(name);
            case Expression.Call(String function, List<Expression> arguments) -> call(function, arguments);
            // Spreadsheets read a ^ b ^ c from the left, Toile from the right; a function leaves no doubt.
            case Expression.Binary(char operator, Expression left, Expression right)
            when operator == '^' -> "POWER(" + text(left) + "," + text(right) + ")";
            case Expression.Binary(char operator, Expression left, Expression right) ->
                operand(left) + operator + operand(right);
        };
    }

    private String operand(Expression expression) {
        boolean sum = expression instanceof Expression.Binary(char operator, var _, var _) && operator != '^';
        return sum ? "(" + text(expression) + ")" : text(expression);
    }

    private static String constant(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    private String address(String name) {
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).name().equals(name)) {
                return addresses.get(i);
            }
        }
        throw new IllegalArgumentException("formula '" + formula.text() + "' reads '" + name + "', which is no input");
    }

    private String call(String function, List<Expression> arguments) {
        String inside = arguments.stream().map(this::text).collect(Collectors.joining(","));
        return switch (function) {
            // Not SUM: it takes 255 cells at most.
            case "sum" -> addresses.isEmpty() ? "0" : String.join("+", addresses);
            case "ceil" -> "CEILING(" + inside + ",1)";
            case "floor" -> "INT(" + inside + ")";
            case "sqrt" -> "SQRT(" + inside + ")";
            case "exp" -> "EXP(" + inside + ")";
            case "log" -> "LN(" + inside + ")";
            case "min" -> "MIN(" + inside + ")";
            case "max" -> "MAX(" + inside + ")";
            default -> throw new IllegalArgumentException("no spreadsheet knows " + function);
        };
    }
}
