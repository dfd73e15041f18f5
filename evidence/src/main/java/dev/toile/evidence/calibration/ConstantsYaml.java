package dev.toile.evidence.calibration;

import dev.toile.stack.figure.Constant;
import dev.toile.stack.mapping.Tile;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes records of constants as the catalog reads them: kebab-case keys, values with units. */
final class ConstantsYaml {

    private ConstantsYaml() {}

    /** The lines of a record, each with so many blanks before it. */
    static List<String> lines(Record record, int indent) {
        List<String> out = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            @Nullable Object value = Constants.read(component, record);
            Constant about = component.getAnnotation(Constant.class);
            if (value == null) {
                continue; // an optional part that this generation does not have
            }
            String key = " ".repeat(indent) + kebab(component.getName()) + ":";
            if (about != null) {
                out.add(key + " " + amount((double) value, about.unit()));
            } else {
                out.addAll(nested(key, value, indent));
            }
        }
        return out;
    }

    private static List<String> nested(String key, Object value, int indent) {
        List<String> out = new ArrayList<>();
        switch (value) {
            case Tile tile -> out.add(key + " " + tile);
            case Record inner -> {
                out.add(key);
                out.addAll(lines(inner, indent + 2));
            }
            case Map<?, ?> map -> {
                out.add(key);
                new TreeMap<>(map)
                        .forEach((name, each) ->
                                out.addAll(nested(" ".repeat(indent + 2) + word(name) + ":", each, indent + 2)));
            }
            case Collection<?> list ->
                out.add(key + " ["
                        + String.join(
                                ", ", list.stream().map(ConstantsYaml::word).toList()) + "]");
            default -> out.add(key + " " + word(value));
        }
        return out;
    }

    private static String word(Object value) {
        return value instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : value.toString();
    }

    private static String amount(double value, String unit) {
        return switch (unit) {
            case "s" -> number(value * 1e6) + " us";
            case "J/flop" -> number(value * 1e12) + " pJ/flop";
            case "1" -> number(value);
            case "byte" -> (value == Math.rint(value) ? whole(value) : number(value)) + " byte";
            default -> number(value) + " " + unit;
        };
    }

    /** Sizes are powers of two, whose every digit counts. */
    private static String whole(double value) {
        return new BigDecimal(value).toPlainString();
    }

    /** Without the noise of a product by a power of ten, and without exponents. */
    private static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        return Math.abs(value) < 1e-9 ? "0" : rounded.toPlainString();
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z0-9]+)", "-$1").toLowerCase(Locale.ROOT);
    }
}
