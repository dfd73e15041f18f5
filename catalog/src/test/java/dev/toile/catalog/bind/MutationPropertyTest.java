package dev.toile.catalog.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.bind.Plans.Chips;
import dev.toile.catalog.bind.Plans.Plan;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Documents;
import dev.toile.catalog.text.Node;
import dev.toile.catalog.text.Problem;
import dev.toile.catalog.text.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

/** However a document is damaged, the user gets problems at a line, never a failure of the program. */
class MutationPropertyTest {

    private static final String CHIPS = """
        sources:
          sheet: {title: Data sheet, url: "https://example.org", date: 2025-03}
        chips:
          h100: &h
            power: {value: 700 W, source: sheet}
            price: {low: 25000 USD, mid: 28000 USD, high: 30000 USD, source: sheet, note: n}
            peak: {prefill: {value: 1 PFLOP/s, source: sheet}}
          copy: *h
          chosen: {power: {choose: 1..4 W step 1 W}}
        """;

    private interface Mutation {
        String apply(String text);
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        // Not doubles: by default they have two decimals, too few for a place in a text.
        Arbitrary<Double> place = Arbitraries.integers()
                .between(0, 1_000_000)
                .withDistribution(RandomDistribution.uniform())
                .map(i -> i / 1e6);
        Arbitrary<String> pieces = Arbitraries.of(
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
                "-",
                "- ",
                "\"",
                "'",
                "&a ",
                "*a",
                "!!int ",
                "!x ",
                "#",
                "|",
                ">",
                "? ",
                "%",
                "@",
                "`",
                "~",
                "null",
                "true",
                "1e999",
                "NaN",
                "\uFEFF",
                "\u0000",
                "\u0085",
                "\uD83D",
                "😀",
                "---\n",
                "...\n",
                "<<: ",
                "{choose: [1, 2]}",
                "{choose: }",
                "..",
                "9".repeat(120),
                "\\");
        Arbitrary<Mutation> insert = Combinators.combine(place, pieces).as((at, piece) -> text -> {
            int i = (int) (at * text.length());
            return text.substring(0, i) + piece + text.substring(i);
        });
        Arbitrary<Mutation> delete = Combinators.combine(
                        place, Arbitraries.integers().between(1, 30))
                .as((at, length) -> text -> {
                    int i = (int) (at * text.length());
                    return text.substring(0, i) + text.substring(Math.min(text.length(), i + length));
                });
        Arbitrary<Mutation> moveLine = Combinators.combine(place, place).as((from, to) -> text -> {
            List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
            String line = lines.remove((int) (from * (lines.size() - 1)));
            lines.add((int) (to * lines.size()), line);
            return String.join("\n", lines);
        });
        Arbitrary<Mutation> doubleLine = place.map(at -> text -> {
            List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
            lines.add(lines.get((int) (at * (lines.size() - 1))));
            return String.join("\n", lines);
        });
        return Arbitraries.oneOf(List.of(insert, delete, moveLine, doubleLine))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static String mutated(String text, List<Mutation> mutations) {
        String result = text;
        for (Mutation mutation : mutations) {
            result = mutation.apply(result);
        }
        return result;
    }

    private static void read(String text, Class<? extends Record> type) {
        Problems problems = new Problems();
        try {
            Node node = Documents.parse("a.yaml", text);
            Choices.find(node, new Problems());
            Record made = Binder.forCatalog(Sources.read(node, problems)).bind(node, type, problems);
            assertThat(made != null || !problems.isEmpty()).isTrue();
        } catch (BadInput e) {
            problems.addAll(e);
        }
        int lines = text.split("\r\n|\r|\n|\u0085|\u2028|\u2029", -1).length;
        for (Problem problem : problems.list()) {
            assertThat(problem.location().line()).as(problem + "\n" + text).isBetween(1, lines);
            assertThat(problem.toString()).startsWith("a.yaml:");
        }
    }

    @Property(tries = 4000)
    void damagedPlansAreReported(@ForAll("mutations") List<Mutation> mutations) {
        read(mutated(BinderTest.FULL, mutations), Plan.class);
    }

    @Property(tries = 4000)
    void damagedCatalogsAreReported(@ForAll("mutations") List<Mutation> mutations) {
        read(mutated(CHIPS, mutations), Chips.class);
    }

    @Property(tries = 1000)
    void anyTextIsReadOrReported(@ForAll String text) {
        read(text, Plan.class);
    }
}
