package dev.toile.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Floors know only the floors below them. */
class ArchitectureTest {

    private static final JavaClasses TOILE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.toile");

    private static final String STACK = "dev.toile.stack";

    /** The floors of the stack, lowest first, each with the floors it may know. */
    private static final Map<String, Set<String>> FLOORS = new LinkedHashMap<>();

    static {
        FLOORS.put("figure", Set.of());
        FLOORS.put("operation", Set.of());
        FLOORS.put("process", Set.of("figure"));
        FLOORS.put("chip", Set.of("figure", "operation", "process"));
        FLOORS.put("mapping", Set.of("figure", "operation", "chip"));
        FLOORS.put("network", Set.of("figure", "operation"));
        FLOORS.put("rack", Set.of("figure", "chip"));
        FLOORS.put("workload", Set.of("figure", "operation"));
        FLOORS.put("parallel", Set.of("figure", "operation", "chip", "mapping", "network", "workload"));
        FLOORS.put("serving", Set.of("figure", "operation", "chip", "mapping", "network", "workload", "parallel"));
        FLOORS.put("training", Set.of("figure", "operation", "chip", "mapping", "network", "workload", "parallel"));
        FLOORS.put("site", Set.of("figure"));
        FLOORS.put("finance", Set.of("figure"));
        FLOORS.put("program", Set.of("figure", "rack", "site", "finance"));
        FLOORS.put("evaluation", new HashSet<>(FLOORS.keySet()));
    }

    /** The modules, lowest first, each with the modules it may know. */
    private static final Map<String, Set<String>> MODULES = new LinkedHashMap<>();

    static {
        MODULES.put("stack", Set.of());
        MODULES.put("catalog", Set.of("stack"));
        MODULES.put("search", Set.of("stack"));
        MODULES.put("evidence", Set.of("stack", "catalog"));
        MODULES.put("report", Set.of("stack"));
        MODULES.put("app", Set.of("stack", "catalog", "search", "evidence", "report"));
    }

    /** Benchmarks stand beside: they may know everybody, and nobody knows them. */
    private static final String BENCH = "bench";

    static List<String> floors() {
        return List.copyOf(FLOORS.keySet());
    }

    static List<String> modules() {
        return List.copyOf(MODULES.keySet());
    }

    @Test
    void everyFloorHasItsPlace() {
        Set<String> found = TOILE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(STACK + "."))
                .map(name -> name.substring(STACK.length() + 1).split("\\.")[0]) // a floor may have rooms
                .collect(Collectors.toSet());
        assertThat(found).containsExactlyInAnyOrderElementsOf(FLOORS.keySet());
    }

    @Test
    void everyModuleHasItsPlace() throws IOException {
        List<String> found = matches(Path.of("..", "pom.xml"), "<module>([a-z]+)</module>");
        List<String> known = new ArrayList<>(MODULES.keySet());
        known.add(BENCH);
        assertThat(found).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void aFloorKnowsOnlyFloorsBelow() {
        assertBelow(FLOORS);
        assertBelow(MODULES);
    }

    private static void assertBelow(Map<String, Set<String>> floors) {
        Set<String> below = new HashSet<>();
        floors.forEach((floor, known) -> {
            assertThat(below).as("below " + floor).containsAll(known);
            below.add(floor);
        });
    }

    @ParameterizedTest
    @MethodSource("floors")
    void floor(String floor) {
        List<String> unknown = FLOORS.keySet().stream()
                .filter(other -> !other.equals(floor) && !FLOORS.get(floor).contains(other))
                .map(other -> STACK + "." + other + "..")
                .toList();
        if (!unknown.isEmpty()) {
            noClasses()
                    .that()
                    .resideInAPackage(STACK + "." + floor + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(unknown.toArray(String[]::new)))
                    .check(TOILE);
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void module(String module) {
        List<String> unknown = MODULES.keySet().stream()
                .filter(other -> !other.equals(module) && !MODULES.get(module).contains(other))
                .map(other -> "dev.toile." + other + "..")
                .toList();
        if (!unknown.isEmpty()) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.toile." + module + "..")
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(unknown.toArray(String[]::new)))
                    .check(TOILE);
        }
    }

    /** What Maven puts on the class path of a module: no more than the module may know. */
    @ParameterizedTest
    @MethodSource("modules")
    void pomOfModule(String module) throws IOException {
        List<String> named = matches(Path.of("..", module, "pom.xml"), "<artifactId>toile-([a-z]+)</artifactId>");
        assertThat(named).contains(module);
        assertThat(named.stream().filter(name -> !name.equals(module))).isSubsetOf(MODULES.get(module));
    }

    private static List<String> matches(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void noPackagesGoInCircles() {
        slices().matching("dev.toile.(*)..").should().beFreeOfCycles().check(TOILE);
        slices().matching("dev.toile.stack.(*)..").should().beFreeOfCycles().check(TOILE);
    }

    /** No files, no framework, no logging: printing, too, would show as a use of java.io. */
    @Test
    void theStackIsPlainJava() {
        classes()
                .that()
                .resideInAPackage(STACK + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        STACK + "..",
                        "java.lang",
                        "java.lang.annotation",
                        "java.lang.invoke",
                        "java.lang.reflect",
                        "java.lang.runtime",
                        "java.util",
                        "java.util.concurrent",
                        "java.util.concurrent.atomic",
                        "java.util.function",
                        "java.util.stream",
                        "org.jspecify.annotations"))
                .check(TOILE);
    }

    @Test
    void namesSayWhatAClassIs() {
        for (String suffix : List.of("Util", "Utils", "Helper", "Helpers", "Manager", "Impl")) {
            noClasses().should().haveSimpleNameEndingWith(suffix).check(TOILE);
        }
    }

    @Test
    void publicTypesOfTheStackAreClosed() {
        classes()
                .that()
                .resideInAPackage(STACK + "..")
                .and()
                .arePublic()
                .should(beClosed())
                .check(TOILE);
    }

    private static ArchCondition<JavaClass> beClosed() {
        return new ArchCondition<>("be records, interfaces, enums or final") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean closed = Stream.of(type.isRecord(), type.isInterface(), type.isEnum())
                                .anyMatch(is -> is)
                        || type.getModifiers().contains(JavaModifier.FINAL);
                events.add(new SimpleConditionEvent(type, closed, type.getName() + (closed ? " is" : " is not")));
            }
        };
    }
}
