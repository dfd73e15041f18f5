package dev.toile.catalog.bind;

import dev.toile.catalog.bind.RecordShape.Field;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Documents;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.ScalarNode;
import dev.toile.stack.figure.Constant;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Derives shapes from types, once per type. */
final class Shapes {

    private static final Set<Class<?>> MAPS = Set.of(Map.class, SequencedMap.class);

    private final Set<Class<?>> leaves;
    private final Map<Class<?>, RecordShape> records = new ConcurrentHashMap<>();

    Shapes(Set<Class<?>> leaves) {
        this.leaves = Set.copyOf(leaves);
    }

    RecordShape record(Class<?> type) {
        RecordShape known = records.get(type);
        return known != null ? known : records.computeIfAbsent(type, this::derive);
    }

    private RecordShape derive(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        SequencedMap<String, Field> fields = new LinkedHashMap<>();
        int locationIndex = -1;
        for (int i = 0; i < components.length; i++) {
            if (isLocation(components[i])) {
                locationIndex = i;
            } else {
                Field field = field(components[i], i);
                fields.put(field.key(), field);
            }
        }
        return new RecordShape(
                type,
                constructor(type, components),
                components.length,
                locationIndex,
                Collections.unmodifiableSequencedMap(fields));
    }

    private static boolean isLocation(RecordComponent component) {
        return component.getType() == Location.class && component.getName().equals("location");
    }

    private static Constructor<?> constructor(Class<?> type, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private Field field(RecordComponent component, int index) {
        Default byDefault = component.getAnnotation(Default.class);
        String key = KebabCase.ofComponent(component.getName());
        String place = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
        return new Field(
                index,
                key,
                shape(component.getGenericType(), component, place),
                component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                byDefault == null ? null : defaultNode(byDefault.value(), place),
                doc(component),
                has(component, Choosable.class));
    }

    static String doc(AnnotatedElement element) {
        Doc doc = element.getAnnotation(Doc.class);
        Constant constant = element.getAnnotation(Constant.class);
        return doc != null ? doc.value() : constant != null ? constant.meaning() : "";
    }

    static boolean has(AnnotatedElement element, Class<? extends Annotation> annotation) {
        return element.isAnnotationPresent(annotation);
    }

    private static Node defaultNode(String text, String place) {
        String file = "default of " + place;
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return new ScalarNode(Location.ofFile(file), text, text.isEmpty());
        }
        try {
            return Documents.parse(file, text);
        } catch (BadInput e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Shape shape(Type type, RecordComponent component, String place) {
        if (type instanceof ParameterizedType generic) {
            return collection(generic, component, place);
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalArgumentException(place + ": type " + type + " is not supported");
        }
        if (leaves.contains(plain)) {
            return new Shape.Leaf(plain, unit(component, "1", place), bounds(component));
        }
        if (plain == double.class || plain == Double.class) {
            return new Shape.Amount(unit(component, "", place), bounds(component));
        }
        if (plain == int.class || plain == Integer.class || plain == long.class || plain == Long.class) {
            boolean isLong = plain == long.class || plain == Long.class;
            return new Shape.Whole(isLong, unit(component, "1", place), bounds(component));
        }
        return unitless(plain, place);
    }

    private static Shape unitless(Class<?> type, String place) {
        if (type == String.class) {
            return new Shape.Text();
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Shape.Truth();
        }
        if (type.isEnum()) {
            return constant(type);
        }
        if (type.isRecord()) {
            return new Shape.Nested(type);
        }
        if (type.isSealed()) {
            return variants(type, place);
        }
        throw new IllegalArgumentException(place + ": type " + type + " is not supported");
    }

    private Shape collection(ParameterizedType generic, RecordComponent component, String place) {
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == List.class) {
            return new Shape.Listing(shape(arguments[0], component, place));
        }
        if (MAPS.contains(generic.getRawType()) && arguments[0] instanceof Class<?> key) {
            Shape value = shape(arguments[1], component, place);
            if (key == String.class) {
                return new Shape.Mapping(null, value);
            }
            if (key.isEnum()) {
                return new Shape.Mapping(constant(key), value);
            }
        }
        throw new IllegalArgumentException(place + ": type " + generic + " is not supported");
    }

    private static String unit(RecordComponent component, String otherwise, String place) {
        Unit unit = component.getAnnotation(Unit.class);
        Constant constant = component.getAnnotation(Constant.class);
        if (unit == null && constant == null && otherwise.isEmpty()) {
            throw new IllegalArgumentException(place + ": a double needs @Unit or @Constant");
        }
        return unit != null ? unit.value() : constant != null ? constant.unit() : otherwise;
    }

    private static Bounds bounds(RecordComponent component) {
        return Bounds.of(component.getAnnotation(Range.class));
    }

    private static Shape.Constant constant(Class<?> type) {
        SequencedMap<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(KebabCase.ofConstant(((Enum<?>) constant).name()), constant);
        }
        return new Shape.Constant(Collections.unmodifiableSequencedMap(constants));
    }

    private static Shape.Variants variants(Class<?> type, String place) {
        SequencedMap<String, Class<?>> byKey = new LinkedHashMap<>();
        for (Class<?> variant : type.getPermittedSubclasses()) {
            if (!variant.isRecord() || byKey.put(discriminator(variant), variant) != null) {
                throw new IllegalArgumentException(place + ": " + variant + " is not a variant with its own key");
            }
        }
        return new Shape.Variants(type, Collections.unmodifiableSequencedMap(byKey));
    }

    private static String discriminator(Class<?> variant) {
        OneOf oneOf = variant.getAnnotation(OneOf.class);
        if (oneOf != null && !oneOf.value().isEmpty()) {
            return oneOf.value();
        }
        return Arrays.stream(variant.getRecordComponents())
                .filter(component -> !isLocation(component))
                .map(component -> KebabCase.ofComponent(component.getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(variant + " has no key to tell it by"));
    }
}
