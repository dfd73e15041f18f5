package dev.toile.stack.mapping.attention;

import dev.toile.stack.figure.Constant;
import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Unit;
import java.lang.reflect.RecordComponent;
import java.util.Locale;

/**
 * Constants with where they come from, for explanations only.
 *
 * @param constants a record whose doubles carry {@link Constant}
 * @param provenance of all of them
 */
record Cited(Record constants, Provenance provenance) {

    /** The figure of a constant, named in kebab case as its component. */
    Figure of(String component) {
        for (RecordComponent each : constants.getClass().getRecordComponents()) {
            Constant about = each.getAnnotation(Constant.class);
            if (about != null && each.getName().equals(component)) {
                return provenance.figure(kebab(component), about.meaning(), value(each), unit(about.unit()));
            }
        }
        throw new IllegalArgumentException(constants.getClass().getSimpleName() + " has no constant " + component);
    }

    private double value(RecordComponent component) {
        try {
            return (double) component.getAccessor().invoke(constants);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String kebab(String component) {
        return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Unit unit(String symbol) {
        return switch (symbol) {
            case "s" -> Unit.SECOND;
            case "1" -> Unit.ONE;
            case "byte" -> Unit.BYTE;
            default -> Unit.counted(symbol);
        };
    }
}
