package dev.toile.evidence.calibration;

import dev.toile.stack.figure.Constant;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Writes a record of constants as the catalog reads it: kebab-case keys, a unit with every number that has one. */
final class ConstantsYaml {

    private static final BigDecimal MICRO = new BigDecimal("1e6");

    private ConstantsYaml() {}

    /** Lines of a record, indented by so many spaces. */
    static String of(Record constants, int indent) {
        StringBuilder out = new StringBuilder();
        write(constants, indent, out);
        return out.toString();
    }

    private static void write(Record constants, int indent, StringBuilder out) {
        for (RecordComponent component : constants.getClass().getRecordComponents()) {
            Object value = read(component, constants);
            Constant about = component.getAnnotation(Constant.class);
            if (value == null) {
                continue;
            }
            out.repeat(' ', indent).append(kebab(component.getName())).append(':');
            if (value instanceof Record nested) {
                out.append('\n');
                write(nested, indent + 2, out);
            } else {
                out.append(' ').append(about == null ? value.toString() : amount((double) value, about.unit()));
                out.append('\n');
            }
        }
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String amount(double value, String unit) {
        // Four digits were fitted; six hide the rounding of the last bit. Less than a millionth of a cycle is none.
        BigDecimal exact = new BigDecimal(value).round(new MathContext(6));
        if (!unit.equals("s") && value < 1e-6) {
            exact = BigDecimal.ZERO;
        }
        return switch (unit) {
            case "1" -> plain(exact);
            case "s" -> plain(exact.multiply(MICRO)) + " us";
            default -> plain(exact) + " " + unit;
        };
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
