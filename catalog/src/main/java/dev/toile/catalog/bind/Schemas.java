package dev.toile.catalog.bind;

import dev.toile.catalog.bind.Binder.LeafType;
import dev.toile.catalog.bind.RecordShape.Field;
import dev.toile.catalog.unit.Quantities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Describes the documents that bind to a record type as a JSON Schema, draft 2020-12. */
public final class Schemas {

    private static final String NUMBER_TEXT = "^\\s*[+-]?[0-9.].*$";
    private static final String CHOOSE_DEFINITION = "choose";

    private final Binder binder;
    private final SequencedMap<String, Object> definitions = new LinkedHashMap<>();
    private final Map<String, Class<?>> named = new LinkedHashMap<>();

    private Schemas(Binder binder) {
        this.binder = binder;
    }

    /**
     * Writes the schema of a document.
     *
     * @param root the record type of the document
     * @param binder the binder that reads it
     * @return the schema, the same text for the same type
     */
    public static String json(Class<? extends Record> root, Binder binder) {
        Schemas schemas = new Schemas(binder);
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", root.getSimpleName());
        schema.putAll(schemas.record(root, false));
        if (!schemas.definitions.isEmpty()) {
            schema.put("$defs", schemas.definitions);
        }
        return Json.write(schema);
    }

    private SequencedMap<String, Object> record(Class<?> type, boolean chosen) {
        boolean choosable = chosen || Shapes.has(type, Choosable.class);
        SequencedMap<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Field field : binder.shapes().record(type).fields().values()) {
            properties.put(field.key(), described(field, choosable || field.choosable()));
            if (field.required()) {
                required.add(field.key());
            }
        }
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        describe(schema, Shapes.doc(type));
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private Map<String, Object> described(Field field, boolean choosable) {
        var schema = new LinkedHashMap<>(shape(field.shape(), choosable));
        describe(schema, field.doc());
        return schema;
    }

    private static void describe(SequencedMap<String, Object> schema, String doc) {
        if (!doc.isEmpty()) {
            schema.remove("description");
            schema.putFirst("description", doc);
        }
    }

    private Map<String, Object> shape(Shape shape, boolean choosable) {
        return switch (shape) {
            case Shape.Nested nested -> reference(nested.type(), choosable);
            case Shape.Variants variants ->
                Json.object(
                        "oneOf",
                        variants.byKey().values().stream()
                                .map(type -> reference(type, choosable))
                                .toList());
            case Shape.Listing listing -> Json.object("type", "array", "items", shape(listing.item(), choosable));
            case Shape.Mapping mapping -> mapping(mapping, choosable);
            case Shape.Leaf leaf -> choice(leaf(leaf), choosable);
            case Shape.Text _ -> choice(Json.object("type", "string"), choosable);
            case Shape.Truth _ -> choice(Json.object("type", "boolean"), choosable);
            case Shape.Constant constant ->
                choice(Json.object("enum", List.copyOf(constant.constants().keySet())), choosable);
            case Shape.Whole whole -> choice(number("integer", whole.unit(), whole.bounds()), choosable);
            case Shape.Amount amount -> choice(number("number", amount.unit(), amount.bounds()), choosable);
        };
    }

    private Map<String, Object> mapping(Shape.Mapping mapping, boolean choosable) {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        if (mapping.keys() != null) {
            schema.put(
                    "propertyNames",
                    Json.object("enum", List.copyOf(mapping.keys().constants().keySet())));
        }
        schema.put("additionalProperties", shape(mapping.value(), choosable));
        return schema;
    }

    private Map<String, Object> leaf(Shape.Leaf leaf) {
        LeafType type = binder.leaf(leaf.type());
        SequencedMap<String, Object> schema = new LinkedHashMap<>(type.schema());
        describe(schema, type.describe(leaf.unit()));
        return schema;
    }

    private static Map<String, Object> number(String type, String unit, Bounds bounds) {
        SequencedMap<String, Object> schema = new LinkedHashMap<>();
        boolean bare = Quantities.mayBeBare(unit);
        schema.put("type", bare ? List.of(type, "string") : "string");
        schema.put("description", Quantities.describe(unit));
        schema.put("pattern", NUMBER_TEXT);
        if (bare && Double.isFinite(bounds.min())) {
            schema.put(bounds.minExclusive() ? "exclusiveMinimum" : "minimum", bounds.min());
        }
        if (bare && Double.isFinite(bounds.max())) {
            schema.put("maximum", bounds.max());
        }
        return schema;
    }

    /** Adds the alternative of a choice to a scalar, keeping its description outside. */
    private Map<String, Object> choice(Map<String, Object> scalar, boolean choosable) {
        if (!choosable || "object".equals(scalar.get("type")) || scalar.containsKey("oneOf")) {
            return scalar;
        }
        definitions.computeIfAbsent(CHOOSE_DEFINITION, _ -> chooseDefinition());
        return Json.object("anyOf", List.of(scalar, pointer(CHOOSE_DEFINITION)));
    }

    private static Map<String, Object> chooseDefinition() {
        Map<String, Object> list = Json.object(
                "type", "array", "items", Json.object("type", List.of("string", "number", "boolean")), "minItems", 1);
        Map<String, Object> range =
                Json.object("type", "string", "pattern", "^.+\\.\\..+$", "examples", List.of("64..256 step 16"));
        return Json.object(
                "type",
                "object",
                "description",
                "Values to choose from, as a list or a range",
                "properties",
                Json.object(
                        "choose",
                        Json.object("anyOf", List.of(list, range)),
                        "when",
                        Json.object(
                                "type",
                                "object",
                                "description",
                                "other choices, by name, with the options under which this one is open"),
                        "otherwise",
                        Json.object(
                                "type",
                                List.of("string", "number", "boolean"),
                                "description",
                                "what stands here when it is not open")),
                "required",
                List.of("choose"),
                "additionalProperties",
                false);
    }

    private Map<String, Object> reference(Class<?> type, boolean chosen) {
        boolean choosable = chosen || Shapes.has(type, Choosable.class);
        String name = name(type, choosable);
        if (!definitions.containsKey(name)) {
            // Claimed before it is filled, because a type may contain itself.
            definitions.put(name, Map.of());
            definitions.put(name, record(type, choosable));
        }
        return pointer(name);
    }

    private String name(Class<?> type, boolean choosable) {
        String plain = type.getSimpleName() + (choosable ? "-choosable" : "");
        String name = plain;
        for (int i = 2; named.getOrDefault(name, type) != type; i++) {
            name = plain + "-" + i;
        }
        named.put(name, type);
        return name;
    }

    private static Map<String, Object> pointer(String name) {
        return Json.object("$ref", "#/$defs/" + name);
    }
}
