package dev.toile.stack.figure;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Turns a constant of a record into a figure, by what {@link Constant} says of it. */
public final class ConstantLeaf {

    private record Known(String name, String meaning, Unit unit, Method accessor) {}

    /** Reflection parses annotations anew for every question; explanations ask a hundred thousand times. */
    private static final ClassValue<Map<String, Known>> KNOWN = new ClassValue<>() {
        @Override
        protected Map<String, Known> computeValue(Class<?> type) {
            Map<String, Known> known = new HashMap<>();
            for (RecordComponent component : type.getRecordComponents()) {
                Constant about = component.getAnnotation(Constant.class);
                if (about != null) {
                    String name = component.getName();
                    Method accessor = component.getAccessor();
                    accessor.setAccessible(true);
                    known.put(name, new Known(kebab(name), about.meaning(), unit(about), accessor));
                }
            }
            return Map.copyOf(known);
        }
    };

    private ConstantLeaf() {}

    /**
     * The figure of one constant.
     *
     * @param record that holds it
     * @param component its name in the record
     * @param provenance knows where its value comes from
     * @throws IllegalArgumentException when the record has no such constant
     */
    public static Figure of(Record record, String component, Provenance provenance) {
        Known known = KNOWN.get(record.getClass()).get(component);
        if (known == null) {
            throw new IllegalArgumentException(record.getClass().getSimpleName() + " has no constant " + component);
        }
        return provenance.figure(known.name(), known.meaning(), value(known, record), known.unit());
    }

    private static double value(Known known, Record record) {
        try {
            return (double) known.accessor().invoke(record);
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
            default -> Unit.counted(about.unit());
        };
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
