package dev.toile.evidence.calibration;

import dev.toile.stack.figure.Constant;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The constants of a record, nested records and maps of records included, as a vector: what a fit moves, and what documentation lists.
 *
 * @param <R> the record
 */
public final class Constants<R extends Record> {

    /**
     * One constant.
     *
     * @param path names of the components that lead to it, joined by dots
     * @param about unit, meaning and limits
     * @param value in SI units
     */
    public record Entry(String path, Constant about, double value) {}

    private final R start;
    private final List<Entry> entries;

    private Constants(R start, List<Entry> entries) {
        this.start = start;
        this.entries = List.copyOf(entries);
    }

    /** All constants of a record; components without {@link Constant} are looked into when they are records. */
    public static <R extends Record> Constants<R> of(R record) {
        List<Entry> entries = new ArrayList<>();
        collect(record, "", entries);
        return new Constants<>(record, entries);
    }

    private static void collect(Record record, String prefix, List<Entry> out) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            @Nullable Object value = read(component, record);
            Constant about = component.getAnnotation(Constant.class);
            String path = prefix + component.getName();
            if (about != null) {
                out.add(new Entry(path, about, (double) Objects.requireNonNull(value)));
            } else if (value instanceof Record nested) {
                collect(nested, path + ".", out);
            } else if (value instanceof Map<?, ?> map) {
                map.forEach((key, each) -> {
                    if (each instanceof Record nested) {
                        collect(nested, path + "." + key + ".", out);
                    }
                });
            }
        }
    }

    /** In the order of declaration. */
    public List<Entry> entries() {
        return entries;
    }

    /** The record with other values of all its constants, in the order of {@link #entries}. */
    public R with(double[] values) {
        if (values.length != entries.size()) {
            throw new IllegalArgumentException(values.length + " values for " + entries.size() + " constants");
        }
        int[] next = {0};
        @SuppressWarnings("unchecked")
        R rebuilt = (R) rebuild(start, values, next);
        return rebuilt;
    }

    private static Record rebuild(Record record, double[] values, int[] next) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            @Nullable Object value = read(components[i], record);
            if (components[i].getAnnotation(Constant.class) != null) {
                arguments[i] = values[next[0]++];
            } else {
                arguments[i] = switch (value) {
                    case null -> null; // an optional part that this generation does not have
                    case Record nested -> rebuild(nested, values, next);
                    case Map<?, ?> map -> rebuild(map, values, next);
                    default -> value;
                };
            }
        }
        return construct(record.getClass(), components, arguments);
    }

    /** The same map, in the same order, with its records rebuilt. */
    private static Map<Object, Object> rebuild(Map<?, ?> map, double[] values, int[] next) {
        Map<Object, Object> rebuilt = new LinkedHashMap<>();
        map.forEach(
                (key, each) -> rebuilt.put(key, each instanceof Record nested ? rebuild(nested, values, next) : each));
        return rebuilt;
    }

    static @Nullable Object read(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Record construct(Class<?> type, RecordComponent[] components, @Nullable Object[] arguments) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return (Record) constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
