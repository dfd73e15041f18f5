package dev.toile.catalog.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.bind.Plans.Chips;
import dev.toile.catalog.bind.Plans.Plan;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Documents;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problem;
import dev.toile.catalog.text.Problems;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to get a document wrong, with the message it earns. */
class BadDocumentsTest {

    private static final String PLAN = "name: x\nlayers: 1\npower: 5 W\n";
    private static final String SOURCES = "sources:\n  sheet: {title: T, date: 2025}\nchips:\n  c:\n    power: ";
    private static final String POWER = "{value: 5 W, source: sheet}\n";

    static String problems(String text, Class<? extends Record> type) {
        Problems problems = new Problems();
        try {
            Node node = Documents.parse("a.yaml", text);
            Record made = Binder.forCatalog(Sources.read(node, problems)).bind(node, type, problems);
            assertThat(made == null).isEqualTo(!problems.isEmpty());
        } catch (BadInput e) {
            problems.addAll(e);
        }
        return problems.list().stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    private static Arguments plan(String extra, String message) {
        return Arguments.of(PLAN + extra, message);
    }

    static Stream<Arguments> badPlans() {
        return Stream.of(
                Arguments.of("layers: 1\npower: 5 W\n", "a.yaml:1: missing key name, expected name as text"),
                Arguments.of(
                        "name: x\nlayers: 1\n", "a.yaml:1: missing key power, expected power as a power such as 700 W"),
                Arguments.of(
                        "name:\nlayers: 1\npower: 5 W\n",
                        "a.yaml:1: name: the value is missing, seen nothing, expected text"),
                Arguments.of(
                        "- name\n",
                        "a.yaml:1: this document: a list has no place here, seen a list, expected a mapping with the"
                                + " keys name, dry-run, layers, parameters, context-length, power, share, idle-power,"
                                + " offset, mode, chip, stages, delays, rates, extra, target"),
                plan(
                        "modee: decode",
                        "a.yaml:4: unknown key, seen modee, expected one of name, dry-run, layers, parameters,"
                            + " context-length, power, share, idle-power, offset, mode, chip, stages, delays, rates,"
                            + " extra, target\n"
                            + "Maybe mode"),
                plan("name: y", "a.yaml:4: duplicate key name\nMaybe remove one; the first is on line 1"),
                plan(
                        "dry-run: yes",
                        "a.yaml:4: dry-run: this is neither true nor false, seen yes, expected true or false\n"
                                + "Maybe true"),
                plan(
                        "dry-run: \"false\"",
                        "a.yaml:4: dry-run: this is neither true nor false, seen false, expected true or false\n"
                                + "Maybe false"),
                plan(
                        "dry-run: [true]",
                        "a.yaml:4: dry-run: a list has no place here, seen a list, expected true or false"),
                plan(
                        "mode: decod",
                        "a.yaml:4: mode: unknown value, seen decod, expected one of prefill, decode, scale-up\n"
                                + "Maybe decode"),
                plan(
                        "mode: nothing-like-it",
                        "a.yaml:4: mode: unknown value, seen nothing-like-it, expected one of prefill, decode,"
                                + " scale-up"),
                plan(
                        "parameters: many",
                        "a.yaml:4: parameters: this is not a number, seen many, expected a plain number such as 0.8"),
                plan(
                        "parameters: 1.5",
                        "a.yaml:4: parameters: this is not a whole number that can be used, seen 1.5, expected a whole"
                                + " number"),
                plan(
                        "parameters: 1e30",
                        "a.yaml:4: parameters: this is not a whole number that can be used, seen 1e30, expected at"
                                + " most 2^53"),
                plan("parameters: -1", "a.yaml:4: parameters: this is out of range, seen -1, expected at least 0"),
                plan(
                        "context-length: 3 B",
                        "a.yaml:4: context-length: this is out of range, seen 3 B, expected at most 2147483647"),
                plan(
                        "context-length: 8 users",
                        "a.yaml:4: context-length: this is the wrong kind of quantity, seen 8 users, expected a number"
                                + " of tokens such as 1155 tokens"),
                plan(
                        "idle-power: 700",
                        "a.yaml:4: idle-power: the unit is missing, seen 700, expected a power such as 700 W\n"
                                + "Maybe 700 W"),
                plan(
                        "idle-power: 700 kWw",
                        "a.yaml:4: idle-power: unknown unit kWw, seen 700 kWw, expected a power such as 700 W\n"
                                + "Maybe 700 kW"),
                plan(
                        "idle-power: 700 GB",
                        "a.yaml:4: idle-power: this is the wrong kind of quantity, seen 700 GB, expected a power such"
                                + " as 700 W"),
                plan(
                        "idle-power: 60 MJ",
                        "a.yaml:4: idle-power: this is the wrong kind of quantity, seen 60 MJ, expected a power such"
                                + " as 700 W\n"
                                + "Maybe 60 MJ/s"),
                plan(
                        "idle-power: -1 W",
                        "a.yaml:4: idle-power: this is out of range, seen -1 W, expected at least 0 W"),
                plan(
                        "idle-power: .nan",
                        "a.yaml:4: idle-power: this is not a number, seen .nan, expected a power such as 700 W"),
                plan(
                        "idle-power: 1e999 W",
                        "a.yaml:4: idle-power: a number is too large, seen 1e999 W, expected a power such as 700 W"),
                plan(
                        "idle-power: 1,000 W",
                        "a.yaml:4: idle-power: a number contains a comma, seen 1,000 W, expected a power such as 700"
                                + " W\n"
                                + "Maybe 1_000 W"),
                plan(
                        "idle-power: {choose: [1 W, 2 W]}",
                        "a.yaml:4: idle-power: choose is not allowed here, seen a mapping, expected a power such as"
                                + " 700 W"),
                plan("share: 0", "a.yaml:4: share: this is out of range, seen 0, expected more than 0 and at most 1"),
                plan(
                        "share: 120 %",
                        "a.yaml:4: share: this is out of range, seen 120 %, expected more than 0 and at most 1"),
                plan(
                        "offset: -11",
                        "a.yaml:4: offset: this is out of range, seen -11, expected at least -10 and at most 10"),
                plan(
                        "stages: {name: x}",
                        "a.yaml:4: stages: a mapping has no place here, seen a mapping, expected a list"),
                plan(
                        "stages:\n- {name: x}",
                        "a.yaml:5: missing key bandwidth, expected bandwidth as a bandwidth such as 3.35 TB/s"),
                plan(
                        "stages:\n- {name: x, bandwidth: 3.35 TBs}",
                        "a.yaml:5: bandwidth: unknown unit TBs, seen 3.35 TBs, expected a bandwidth such as 3.35"
                                + " TB/s\n"
                                + "Maybe 3.35 TB/s"),
                plan("stages: [~]", "a.yaml:4: stages: the value is missing, seen ~, expected a mapping"),
                plan(
                        "stages: [one]",
                        "a.yaml:4: stages: this is the wrong kind of value, seen one, expected a mapping with the keys"
                                + " name, bandwidth"),
                plan(
                        "delays:\n- 1 s\n- 5",
                        "a.yaml:6: delays: the unit is missing, seen 5, expected a time such as 100 ms\nMaybe 5 ms"),
                plan(
                        "rates: [1]",
                        "a.yaml:4: rates: a list has no place here, seen a list, expected a mapping whose keys are"
                                + " each one of prefill, decode, scale-up"),
                plan(
                        "rates:\n  decode: 1 TFLOP/s\n  scaleup: 1 TFLOP/s",
                        "a.yaml:6: rates: unknown value, seen scaleup, expected one of prefill, decode, scale-up\n"
                                + "Maybe scale-up"),
                plan(
                        "chip: {}",
                        "a.yaml:4: chip: the deciding key is missing, seen none, expected a mapping with one of the"
                                + " keys buy, build"),
                plan(
                        "chip: {by: h100}",
                        "a.yaml:4: chip: the deciding key is missing, seen by, expected a mapping with one of the keys"
                                + " buy, build\n"
                                + "Maybe buy"),
                plan(
                        "chip:\n  build: {area: 1 mm2}\n  buy: h100",
                        "a.yaml:6: chip: only one of buy, build may be given, seen buy and build, expected one of"
                                + " them"),
                plan(
                        "chip: h100",
                        "a.yaml:4: chip: this is the wrong kind of value, seen h100, expected a mapping with one of"
                                + " the keys buy, build"),
                plan(
                        "chip: {choose: [a, b]}",
                        "a.yaml:4: chip: choose is not allowed here, seen a mapping, expected a mapping with one of"
                                + " the keys buy, build"),
                plan(
                        "chip: {build: {choose: [1]}}",
                        "a.yaml:4: build: choose is not allowed here, seen a mapping, expected a mapping with the keys"
                                + " area, process, next"),
                plan("target:\n  low: 2 s\n  high: 1 s", "a.yaml:5: the target ends before it begins"),
                plan(
                        "parameters: x\nshare: 2",
                        "a.yaml:4: parameters: this is not a number, seen x, expected a plain number such as 0.8\n"
                                + "a.yaml:5: share: this is out of range, seen 2, expected more than 0 and at most 1"));
    }

    @ParameterizedTest
    @MethodSource("badPlans")
    void explainsBadPlans(String text, String message) {
        assertThat(problems(text, Plan.class)).isEqualTo(message);
    }

    private static Arguments chips(String power, String message) {
        return Arguments.of(SOURCES + power, message);
    }

    static Stream<Arguments> badChips() {
        return Stream.of(
                chips(
                        "\n    price:\n",
                        "a.yaml:5: power: the value is missing, seen nothing, expected a value with its source: a"
                                + " power such as 700 W"),
                Arguments.of(
                        "sources: {}\nchips:\n  c: {price: ~}\n",
                        "a.yaml:3: missing key power, expected power as a value with its source: a power such as 700"
                                + " W"),
                chips(
                        "{choose: [1 W, 2 W]}",
                        "a.yaml:5: power: choose is not allowed here, seen a mapping, expected a value with its"
                                + " source: a power such as 700 W"),
                chips(
                        "5 W",
                        "a.yaml:5: power: this value has no source, seen 5 W, expected a mapping with value and"
                                + " source, or with low, mid, high and source\n"
                                + "Maybe {value: 5 W, source: ...}"),
                chips("{value: 5 W}", "a.yaml:5: power: source is missing, seen a mapping, expected source as text"),
                chips(
                        "{value: 5 W, source: shet}",
                        "a.yaml:5: power: unknown source, seen shet, expected an id declared under sources\n"
                                + "Maybe sheet"),
                chips(
                        "{value: 5 W, source: [sheet]}",
                        "a.yaml:5: power: a list has no place here, seen a list, expected source as text"),
                chips(
                        "{source: sheet}",
                        "a.yaml:5: power: value is missing, seen a mapping, expected value, or low and high"),
                chips(
                        "{low: 1 W, source: sheet}",
                        "a.yaml:5: power: high is missing, seen a mapping, expected low and high"),
                chips(
                        "{value: 1 W, low: 1 W, source: sheet}",
                        "a.yaml:5: power: value and low exclude each other, seen a mapping, expected value, or low and"
                                + " high"),
                chips(
                        "{low: 2 W, high: 1 W, source: sheet}",
                        "a.yaml:5: power: low, mid and high are not in order, seen 2 W, expected low <= mid <= high\n"
                                + "Maybe exchange two of them"),
                chips(
                        "{low: 1 W, mid: 5 W, high: 2 W, source: sheet}",
                        "a.yaml:5: power: low, mid and high are not in order, seen 2 W, expected low <= mid <= high\n"
                                + "Maybe exchange two of them"),
                chips(
                        "{value: 5 kg, source: sheet}",
                        "a.yaml:5: power: unknown unit kg, seen 5 kg, expected a power such as 700 W\nMaybe 5 kW"),
                chips(
                        "{value: -5 W, source: sheet}",
                        "a.yaml:5: power: this is out of range, seen -5 W, expected at least 0 W"),
                chips(
                        "{value: {choose: [1 W]}, source: sheet}",
                        "a.yaml:5: power: choose is not allowed here, seen a mapping, expected a power such as 700 W"),
                chips(
                        "{valu: 5 W, value: 5 W, source: sheet}",
                        "a.yaml:5: unknown key, seen valu, expected one of value, low, mid, high, source, note, date\n"
                                + "Maybe value"),
                chips(
                        "{value: 5 W, source: sheet, date: last year}",
                        "a.yaml:5: power: this is not a date, seen last year, expected a date such as 2025-03 or 2025"),
                chips(
                        POWER + "    peak: {decod: {value: 1 TFLOP/s, source: sheet}}",
                        "a.yaml:6: peak: unknown value, seen decod, expected one of prefill, decode, scale-up\n"
                                + "Maybe decode"),
                Arguments.of(
                        "sources: [a]\nchips: {}\n",
                        "a.yaml:1: sources: a list has no place here, seen a list, expected a mapping"),
                Arguments.of(
                        "sources:\n  a: {title: T, date: 2025-13}\nchips: {}\n",
                        "a.yaml:2: a: this is not a date, seen 2025-13, expected a date such as 2025-03 or 2025"),
                Arguments.of(
                        "sources:\n  a: {titel: T, date: 2025}\nchips: {}\n",
                        "a.yaml:2: a: title is missing, seen a mapping, expected title as text\n"
                                + "a.yaml:2: unknown key, seen titel, expected one of title, url, date\n"
                                + "Maybe title"),
                Arguments.of(
                        "sources:\n  a: text\nchips: {}\n",
                        "a.yaml:2: a: this is the wrong kind of value, seen text, expected a mapping with title, url"
                                + " and date"));
    }

    @ParameterizedTest
    @MethodSource("badChips")
    void explainsBadChips(String text, String message) {
        assertThat(problems(text, Chips.class)).isEqualTo(message);
    }

    @Test
    void soundDocumentsHaveNoProblems() {
        assertThat(problems(PLAN, Plan.class)).isEmpty();
        assertThat(problems(BinderTest.FULL, Plan.class)).isEmpty();
        assertThat(problems(SOURCES + POWER, Chips.class)).isEmpty();
    }
}
