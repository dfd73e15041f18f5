package dev.toile.catalog;

import dev.toile.catalog.bind.Sourced;
import dev.toile.catalog.model.BundledModel;
import dev.toile.catalog.model.ImportedModel;
import dev.toile.catalog.model.Models;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Problem;
import dev.toile.stack.figure.Unit;
import dev.toile.stack.operation.DataType;
import dev.toile.stack.workload.Transformer;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as a reader browses it: kinds, entries, values with their sources.
 *
 * @param catalog to be browsed
 */
public record CatalogListing(Catalog catalog) {

    /** What there is. */
    public enum Kind {
        /** Process nodes. */
        PROCESS,
        /** Generations of stacked memory. */
        MEMORY,
        /** Generations of serial lanes. */
        LINK,
        /** Chips from the market. */
        CHIP,
        /** Chips described by their parts. */
        DESIGN,
        /** Host processors. */
        HOST,
        /** Servers and racks. */
        SYSTEM,
        /** Software on a generation of chips. */
        PROFILE,
        /** Versions of serving engines. */
        ENGINE,
        /** Assumptions about site and money. */
        ECONOMICS,
        /** What built chips are made of. */
        SILICON,
        /** AI models. */
        MODEL;

        /** Names as typed. */
        public static List<String> names() {
            return Arrays.stream(values()).map(Kind::label).toList();
        }

        /** The kind of a name. */
        public static Kind of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        /** The name as typed. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A value as text.
     *
     * @param name of the value
     * @param text with its unit, and its range where there is one
     * @param source of it, with note; empty for plain words
     */
    public record Value(String name, String text, String source) {}

    private SequencedMap<String, ? extends Record> entries(Kind kind) {
        return switch (kind) {
            case PROCESS -> catalog.processes();
            case MEMORY -> catalog.memories();
            case LINK -> catalog.links();
            case CHIP -> catalog.chips();
            case DESIGN -> catalog.designs();
            case HOST -> catalog.hosts();
            case SYSTEM -> catalog.systems();
            case PROFILE -> catalog.profiles();
            case ENGINE -> Engines.bundled().engines();
            case ECONOMICS -> new LinkedHashMap<>(Map.of("default", catalog.economics()));
            case SILICON -> new LinkedHashMap<>(Map.of("default", catalog.silicon()));
            case MODEL -> throw new IllegalArgumentException("models are not plain entries");
        };
    }

    /** Names of all entries of a kind. */
    public List<String> ids(Kind kind) {
        return kind == Kind.MODEL
                ? Models.bundled().names()
                : List.copyOf(entries(kind).keySet());
    }

    /** What an entry is, in words. */
    public String title(Kind kind, String id) {
        if (kind == Kind.MODEL) {
            Transformer model = Models.bundled().find(id).orElseThrow().model().transformer();
            return model.name() + ", " + Unit.ONE.format((double) model.parameters()) + " parameters";
        }
        return catalogValues(kind, id).stream()
                .filter(value -> value.name().equals("name"))
                .map(Value::text)
                .findFirst()
                .orElse(id);
    }

    /** Every value of an entry, as text with source. */
    public List<Value> values(Kind kind, String id) throws BadInput {
        if (kind == Kind.DESIGN) {
            List<Value> values = new ArrayList<>(catalogValues(kind, id));
            DesignSheet.of(catalog, id)
                    .entries()
                    .forEach((name, entry) -> values.add(new Value("derived." + name, entry.text(), "")));
            return values;
        }
        if (kind != Kind.MODEL) {
            return catalogValues(kind, id);
        }
        List<Value> values = new ArrayList<>();
        plain(kind, id).forEach((name, value) -> values.add(new Value(name, String.valueOf(value), "")));
        Models.bundled().find(id).ifPresent(bundled -> {
            Sourced published = bundled.entry().parameters();
            values.add(value("published-parameters", published, "1"));
        });
        return values;
    }

    private List<Value> catalogValues(Kind kind, String id) {
        Record entry = Optional.<Record>ofNullable(entries(kind).get(id))
                .orElseThrow(() -> new IllegalArgumentException("no " + kind.label() + " '" + id + "'"));
        List<Value> values = new ArrayList<>();
        EntryWalk.over(
                entry,
                (name, unit, value) -> values.add(
                        value instanceof Sourced sourced
                                ? value(name, sourced, unit)
                                : new Value(name, String.valueOf(value), "")));
        return values;
    }

    private static Value value(String name, Sourced sourced, String unit) {
        String range = sourced.low() == sourced.high()
                ? ""
                : "  (" + text(sourced.low(), unit) + " to " + text(sourced.high(), unit) + ")";
        String note = sourced.note().isEmpty() ? "" : "; " + sourced.note();
        String url =
                sourced.source().url().isEmpty() ? "" : ", " + sourced.source().url();
        String source = sourced.source().title() + ", " + sourced.source().date() + url + note;
        return new Value(name, text(sourced.mid(), unit) + range, source);
    }

    private static String text(double value, String unit) {
        return switch (unit) {
            case "1" ->
                value == Math.rint(value) && Math.abs(value) < 10_000
                        ? String.format(Locale.ROOT, "%.0f", value)
                        : Unit.ONE.format(value);
            case "m2" -> Unit.AREA.format(value);
            case "USD" -> Unit.USD.format(value);
            case "USD/J" -> Unit.USD_PER_JOULE.format(value);
            case "USD/s" -> Unit.USD_PER_SECOND.format(value);
            case "USD/byte" -> Unit.USD_PER_BYTE.format(value);
            case "USD/m2" -> Unit.USD_PER_AREA.format(value);
            case "1/m2" -> Unit.PER_AREA.format(value);
            case "byte/m2" -> Unit.BYTE_PER_AREA.format(value);
            default ->
                unit.startsWith("USD") || unit.contains("m2") || unit.contains("1/")
                        ? Unit.plain(unit).format(value)
                        : Unit.prefixed(unit.replace("byte", "B")).format(value);
        };
    }

    /**
     * An entry as plain values in SI units, for JSON; a model also from the path of a config.json.
     *
     * @throws BadInput when a model is neither in the catalog nor a readable configuration
     */
    public Map<String, Object> plain(Kind kind, String id) throws BadInput {
        Map<String, Object> plain = new LinkedHashMap<>();
        if (kind == Kind.MODEL) {
            return model(id);
        }
        Record entry = Optional.<Record>ofNullable(entries(kind).get(id)).orElseThrow();
        plain.put("id", id);
        EntryWalk.over(
                entry, (name, unit, value) -> plain.put(name, value instanceof Sourced s ? sourced(s, unit) : value));
        if (kind == Kind.DESIGN) {
            Map<String, Object> derived = new LinkedHashMap<>();
            DesignSheet.of(catalog, id).entries().forEach((name, sheet) -> derived.put(name, sheet.value()));
            plain.put("derived", derived);
        }
        return plain;
    }

    private static Map<String, Object> sourced(Sourced value, String unit) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("value", value.mid());
        map.put("low", value.low());
        map.put("high", value.high());
        map.put("unit", unit);
        map.put("source", value.source().title());
        map.put("date", value.source().date());
        if (!value.note().isEmpty()) {
            map.put("note", value.note());
        }
        return map;
    }

    private static Map<String, Object> model(String id) throws BadInput {
        Models models = Models.bundled();
        Optional<BundledModel> bundled = models.find(id);
        if (bundled.isEmpty() && !id.endsWith(".json") && !id.contains("/")) {
            throw new BadInput(new Problem(
                    Location.ofFile("catalog"),
                    "the catalog knows no model of this name",
                    "'" + id + "'",
                    "one of " + String.join(", ", models.names()) + ", or the path of a config.json",
                    Names.nearest(id, models.names()).orElse("")));
        }
        ImportedModel imported = bundled.isPresent() ? bundled.get().model() : Models.fromFile(Path.of(id));
        Transformer model = imported.transformer();
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("name", model.name());
        plain.put("architecture", imported.architecture());
        plain.put("layers", model.layerCount());
        plain.put("hidden", model.hidden());
        plain.put("vocabulary", model.vocabulary());
        plain.put("parameters", model.parameters());
        plain.put("active-parameters", model.activeParameters());
        plain.put("kv-elements-per-token", Math.round(model.cacheElementsPerToken()));
        plain.put("kv-bytes-per-token", Math.round(model.cacheElementsPerToken() * DataType.BF16.bytes()));
        plain.put("context-limit", Math.round(imported.contextLimit()));
        plain.put("notes", imported.notes());
        return plain;
    }

    /** Walks over the values of an entry. */
    private static final class EntryWalk {

        interface Visitor {
            void visit(String name, String unit, Object value);
        }

        static void over(Record entry, Visitor visitor) {
            walk("", entry, visitor);
        }

        private static void walk(String prefix, Record entry, Visitor visitor) {
            for (RecordComponent component : entry.getClass().getRecordComponents()) {
                dev.toile.catalog.bind.Unit unit = component.getAnnotation(dev.toile.catalog.bind.Unit.class);
                String name = prefix + kebab(component.getName());
                Object value = read(entry, component);
                if (value != null) {
                    visit(name, unit == null ? "" : unit.value(), value, visitor);
                }
            }
        }

        private static void visit(String name, String unit, Object value, Visitor visitor) {
            switch (value) {
                case Sourced sourced -> visitor.visit(name, unit, sourced);
                case Map<?, ?> map ->
                    map.forEach((key, each) -> visit(name + "." + kebab(key.toString()), unit, each, visitor));
                case List<?> list
                when list.stream().allMatch(Record.class::isInstance) -> {
                    for (int i = 0; i < list.size(); i++) {
                        walk(name + "." + (i + 1) + ".", (Record) list.get(i), visitor);
                    }
                }
                case Record nested -> walk(name + ".", nested, visitor);
                case Enum<?> constant ->
                    visitor.visit(name, unit, kebab(constant.name().toLowerCase(Locale.ROOT)));
                default -> visitor.visit(name, unit, value);
            }
        }

        private static @Nullable Object read(Record entry, RecordComponent component) {
            try {
                component.getAccessor().setAccessible(true);
                return component.getAccessor().invoke(entry);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component, e);
            }
        }

        private static String kebab(String name) {
            return name.equals(name.toUpperCase(Locale.ROOT))
                    ? name.toLowerCase(Locale.ROOT).replace('_', '-')
                    : name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        }
    }
}
