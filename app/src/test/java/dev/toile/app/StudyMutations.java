package dev.toile.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Ways to damage a study, as people and broken disks do. */
final class StudyMutations {

    /** Damages a text in one place. */
    @FunctionalInterface
    interface Mutation {
        String apply(String text);
    }

    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.-])-?\\d+(\\.\\d+)?(?![\\w])");
    private static final Pattern UNIT = Pattern.compile("(?<=\\d )(tokens|USD/MWh|per user per day|years|ms|s|MW|%|B"
            + " USD|M|k|MB|USD|W|kW|GB/s|TB/s|MHz|us|GiB|TFLOP/s|mm2)\\b");
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]*(?=:)");
    private static final Pattern VALUE = Pattern.compile("(?<=: )[^{}\\[\\]#,\\n]+");

    private static final String[] NUMBERS = {
        "0",
        "-1",
        "1e300",
        "1e999",
        "-1e999",
        "1e-300",
        "NaN",
        ".nan",
        ".inf",
        "-.inf",
        "null",
        "1.5",
        "0.5",
        "7",
        "2147483647",
        "2147483648",
        "9223372036854775808",
        "1e18",
        "1e12",
        "0x10",
        "1_000",
        "1,000",
        "٣",
        "--1",
        "1e",
        "999999"
    };
    private static final String[] UNITS = {
        "",
        "kg",
        "W",
        "s",
        "tokens",
        "USD",
        "%",
        "MW",
        "years",
        "per user per day",
        "ms",
        "USD/MWh",
        "B USD",
        "/",
        "s/s",
        "µs",
        "GiB",
        "QW"
    };
    private static final String[] VALUES = {
        "",
        "[]",
        "{}",
        "[1, 2]",
        "{a: 1}",
        "true",
        "null",
        "~",
        "{choose: [1, 2]}",
        "{choose: 1..4}",
        "{choose: {choose: [1, 2]}}",
        "{choose: [{choose: [1]}, 2]}",
        "{choose: []}",
        "{choose: 1..9 step 0}",
        "{choose: 9..1}",
        "*x",
        "&x 1",
        "!!int 3",
        "'",
        "|",
        "./nowhere.json",
        "..",
        "/",
        "\"\\0\"",
        "\"\\a\"",
        "fp4",
        "hbm3e",
        "n2",
        "llama-3.1-8b",
        "hgx-b200",
        "ethernet-rack",
        "deepseek-v3",
        "tpu-v5p-slice",
        "built",
        "10 M",
        "1e30 tokens",
        "1 s",
        "1e-30 s"
    };
    private static final String[] KEYS = {
        "x",
        "choose",
        "buy",
        "rent",
        "build",
        "chip",
        "traffic",
        "training",
        "tokens",
        "<<",
        "toile",
        "",
        "users",
        "rate",
        "saturate",
        "extends",
        "name",
        "mean",
        "p90",
        "layout",
        "spare",
        "accelerators",
        "measured",
        "catalog",
        "limits"
    };
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        ",",
        "\n",
        "\t",
        "  ",
        "- ",
        "\"",
        "'",
        "&a ",
        "*a",
        "#",
        "|",
        ">",
        "? ",
        "%",
        "@",
        "`",
        "---\n",
        "...\n",
        "\uFEFF",
        "\u0000",
        "\u0007",
        "\u0085",
        "\uD83D",
        "😀",
        "<<: ",
        "9".repeat(120),
        "\\"
    };

    private StudyMutations() {}

    /** One to three damages. */
    static Arbitrary<List<Mutation>> some() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, replace(NUMBER, NUMBERS)),
                        Tuple.of(3, replace(UNIT, UNITS)),
                        Tuple.of(3, replace(VALUE, VALUES)),
                        Tuple.of(2, replace(KEY, KEYS)),
                        Tuple.of(2, insert()),
                        Tuple.of(2, flip()),
                        Tuple.of(2, copyValue()),
                        Tuple.of(4, lines()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    static String damaged(String text, List<Mutation> mutations) {
        String result = text;
        for (Mutation mutation : mutations) {
            result = mutation.apply(result);
        }
        return result;
    }

    private static Arbitrary<Double> place() {
        return Arbitraries.integers()
                .between(0, 999_999)
                .withDistribution(RandomDistribution.uniform())
                .map(i -> i / 1e6);
    }

    /** Puts one of the replacements in the place of something that matches. */
    private static Arbitrary<Mutation> replace(Pattern pattern, String... replacements) {
        return Combinators.combine(place(), Arbitraries.of(replacements)).as((at, with) -> text -> {
            List<MatchResult> found = pattern.matcher(text).results().toList();
            if (found.isEmpty()) {
                return text;
            }
            MatchResult match = found.get((int) (at * found.size()));
            return text.substring(0, match.start()) + with + text.substring(match.end());
        });
    }

    private static Arbitrary<Mutation> insert() {
        return Combinators.combine(place(), Arbitraries.of(PIECES)).as((at, piece) -> text -> {
            int i = (int) (at * text.length());
            return text.substring(0, i) + piece + text.substring(i);
        });
    }

    /** Flips one bit of one character. */
    private static Arbitrary<Mutation> flip() {
        return Combinators.combine(place(), Arbitraries.integers().between(0, 7))
                .as((at, bit) -> text -> {
                    if (text.isEmpty()) {
                        return text;
                    }
                    int i = (int) (at * text.length());
                    return text.substring(0, i) + (char) (text.charAt(i) ^ (1 << bit)) + text.substring(i + 1);
                });
    }

    /** Puts one value of the study in the place of another. */
    private static Arbitrary<Mutation> copyValue() {
        return Combinators.combine(place(), place()).as((from, to) -> text -> {
            List<MatchResult> found = VALUE.matcher(text).results().toList();
            if (found.isEmpty()) {
                return text;
            }
            MatchResult match = found.get((int) (to * found.size()));
            String copy = found.get((int) (from * found.size())).group();
            return text.substring(0, match.start()) + copy + text.substring(match.end());
        });
    }

    private static Arbitrary<Mutation> lines() {
        return Combinators.combine(place(), place(), Arbitraries.integers().between(0, 5))
                .as((from, to, how) -> text -> {
                    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
                    int i = (int) (from * lines.size());
                    int j = (int) (to * lines.size());
                    String line = lines.get(i);
                    switch (how) {
                        case 0 -> lines.remove(i);
                        case 1 -> lines.add(j, line);
                        case 2 -> lines.set(i, lines.set(j, line));
                        case 3 -> lines.set(i, "  " + line);
                        case 4 -> lines.set(i, line.replaceFirst("^ {1,2}", ""));
                        default -> lines.subList(Math.min(i, j), Math.max(i, j)).clear();
                    }
                    return String.join("\n", lines);
                });
    }
}
