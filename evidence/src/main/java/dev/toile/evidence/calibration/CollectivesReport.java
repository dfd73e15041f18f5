package dev.toile.evidence.calibration;

import dev.toile.evidence.CollectiveRows.Row;
import dev.toile.stack.network.CollectiveConstants;
import dev.toile.stack.network.CollectiveConstants.Generation;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * What each constant of collectives earns, and what carries over to a generation that was not measured.
 *
 * @param fitter fits constants to the rows that are not kept out
 * @param printer prints the errors of some rows
 */
record CollectivesReport(Fitter fitter, Printer printer) {

    /** A fit from a start, to some rows, moving some constants. */
    @FunctionalInterface
    interface Fitter {
        CollectiveConstants fit(CollectiveConstants from, Predicate<Row> which, Predicate<String> moved);
    }

    /** One line of errors. */
    @FunctionalInterface
    interface Printer {
        void line(String name, CollectiveConstants constants, Predicate<Row> which);
    }

    /** A term, the end of its paths and the value at which it has no effect. */
    private record Term(String name, String end, double neutral) {}

    private static final List<Term> TERMS = List.of(
            new Term("nothing", "none", 0),
            new Term("filled", ".filled", 0),
            new Term("own hop of LL128 (a hop of LL instead)", ".linesStep", 0),
            new Term("hop of Simple", ".simpleStep", 0),
            new Term("copy of one's own share", ".copyRate", 1e13),
            new Term("own bandwidth of LL", "shared.llShare", 1),
            new Term("switches that add", ".switchShare", 0),
            new Term("fill of switches", ".switchFill", 0),
            new Term("rate of small exchanges", ".exchangeRate", 1e12),
            new Term("longer call of exchanges", ".exchange.call", 0),
            new Term("fill of exchanges", ".exchange.fill", 0),
            new Term("peers of the one-shot kernel", ".oneShotPeer", 0),
            new Term("one-shot kernel", ".oneShotLimit", 0));

    private static boolean later(String path) {
        return path.startsWith("libraries") || path.equals("shared.relay");
    }

    void ablations(PrintWriter out) {
        out.println(
                "Each taken out and the others refitted: rows, median / mean / P90 in percent, fit side; kept out.");
        out.println();
        out.println("```");
        for (Term term : TERMS) {
            CollectiveConstants from = CollectivesCalibration.set(
                    CollectivesStart.constants(), path -> path.endsWith(term.end()), term.neutral());
            ablation(out, term.name(), from, term.end());
        }
        // Protocols by true time instead of by the library's own reckoning: Simple is never believed to be best.
        CollectiveConstants free = CollectivesCalibration.set(
                CollectivesStart.constants(), path -> path.startsWith("choice.ll.") && path.endsWith("hare"), 1e3);
        ablation(out, "the library's choice (the fastest protocol instead)", free, "none");
    }

    private void ablation(PrintWriter out, String name, CollectiveConstants from, String end) {
        CollectiveConstants fitted = fitter.fit(from, Row::recorded, path -> !later(path) && !path.endsWith(end));
        out.println("without " + name);
        for (String chip : List.of("a100-sxm", "h100-sxm", "b200-sxm")) {
            printer.line(
                    "    " + chip, fitted, row -> row.recorded() && row.chip().equals(chip));
        }
        printer.line("    launched by a host", fitted, row -> !row.library().isEmpty());
    }

    void transfers(PrintWriter out) {
        for (String to : List.of("blackwell", "hopper", "ampere")) {
            transfer(to);
        }
        out.println("```");
    }

    /** Fits on two generations; the third has only its calls and hops fitted, the rest from the nearest. */
    private void transfer(String to) {
        CollectiveConstants others = fitter.fit(
                CollectivesStart.constants(),
                row -> row.recorded() && !row.generation().equals(to),
                path -> !later(path) && !path.contains(to));
        CollectiveConstants carried = borrowed(others, to);
        Predicate<Row> there = row -> row.recorded() && row.generation().equals(to);
        printer.line("to " + to + ", nothing fitted there", carried, there);
        CollectiveConstants called =
                fitter.fit(carried, there, path -> path.contains("." + to + ".") && path.matches(".*(C|c)all|.*Step"));
        printer.line("to " + to + ", calls and hops fitted there", called, there);
    }

    private static CollectiveConstants borrowed(CollectiveConstants others, String to) {
        Generation like =
                Objects.requireNonNull(others.generations().get(to.equals("hopper") ? "blackwell" : "hopper"));
        Generation own = Objects.requireNonNull(others.generations().get(to));
        SequencedMap<String, Generation> generations = new LinkedHashMap<>(others.generations());
        generations.put(
                to,
                new Generation(
                        like.call(),
                        like.filled(),
                        like.llStep(),
                        like.linesStep(),
                        like.simpleCall(),
                        like.simpleStep(),
                        like.copyRate(),
                        own.linesEstimate(),
                        own.switchShare() == 0 ? 0 : like.switchShare(),
                        own.switchRanks(),
                        like.oneShotCall(),
                        like.oneShotPeer(),
                        own.oneShotLimit(),
                        like.exchange()));
        return new CollectiveConstants(others.shared(), others.choice(), generations, others.libraries());
    }
}
