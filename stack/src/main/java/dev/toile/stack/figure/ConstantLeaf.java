package dev.toile.stack.figure;

import java.lang.reflect.RecordComponent;
import java.util.Locale;

/** Turns a constant of a record into a figure, by what {@link Constant} says of it. */
public final class ConstantLeaf {

    private ConstantLeaf() {}

    /**
     * The figure of one constant.
     *
     * @param record that holds it
     * @param component its name in the record
     * @param source where its value comes from
     * @throws IllegalArgumentException when the record has no such constant
     */
    public static Figure of(Record record, String component, Source source) {
        for (RecordComponent each : record.getClass().getRecordComponents()) {
            Constant about = each.getAnnotation(Constant.class);
            if (about != null && each.getName().equals(component)) {
                return Figure.leaf(kebab(component), about.meaning(), value(each, record), unit(about), source);
            }
        }
        throw new IllegalArgumentException(record.getClass().getSimpleName() + " has no constant " + component);
    }

    private static double value(RecordComponent component, Record record) {
        try {
            return (double) component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Unit unit(Constant about) {
        return switch (about.unit()) {
            case "s" -> Unit.SECOND;
            case "byte" -> Unit.BYTE;
            case "J/flop" -> Unit.JOULE_PER_FLOP;
            case "1" -> Unit.ONE;
            default -> Unit.plain(about.unit());
        };
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
