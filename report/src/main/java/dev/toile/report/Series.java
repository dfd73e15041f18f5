package dev.toile.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A candidate as it looks in every plot: its rank, its colour, its mark, a name that is short enough to write beside a
 * point.
 *
 * @param candidate it stands for
 * @param index its place among all candidates
 * @param rank its place among those that can do the job, from 1
 */
record Series(Results.Candidate candidate, int index, int rank) {

    /** As many colours as can be told apart with any kind of colour vision. */
    private static final int COLOURS = 8;

    private static final int LONGEST = 15;

    static List<Series> of(Results results) {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < results.candidates().size(); i++) {
            if (results.candidates().get(i).feasible()) {
                series.add(new Series(results.candidates().get(i), i, series.size() + 1));
            }
        }
        return series;
    }

    String name() {
        return candidate.name();
    }

    Plots plots() {
        return candidate.plots();
    }

    /** The CSS class of its colour. */
    String style() {
        return "s" + (named() ? rank : 0);
    }

    /** Whether it has a colour and a name in the plot; the many beyond are drawn grey and stand in the table. */
    boolean named() {
        return rank <= COLOURS;
    }

    /** What to say below a table of those that have a name, of the others. */
    static String greyed(int others) {
        return others == 0
                ? ""
                : "<p class=\"hint\">%,d more are drawn grey; the values below list them.</p>\n".formatted(others);
    }

    int shape() {
        return rank - 1;
    }

    /** Such as {@code 1 bespoke}: names of designs begin alike and grow long, so the rank tells them apart. */
    String label() {
        String first = name().split(" ", 2)[0];
        return rank + " " + (first.length() > LONGEST ? first.substring(0, LONGEST - 1) + "…" : first);
    }

    /**
     * Where the scripts find an explanation: the candidate's index, then names of figures from one of its own through
     * the inputs; empty when its figure is not explained.
     */
    String why(String path) {
        return path.isEmpty() || !candidate.explains(path.split("/", 2)[0]) ? "" : index + "/" + path;
    }

    /** Its mark, for a legend; says nothing to who hears the name beside it. */
    String swatch() {
        Svg svg = new Svg(new Frame("key", 16, 16, 0, 0, 0, 0), "");
        String drawn = svg.mark(shape(), 8, 8, 5).done();
        return drawn.replaceFirst("role=\"group\" aria-label=\"\"", "aria-hidden=\"true\"")
                .replaceFirst("class=\"key\"", "class=\"key " + style() + "\"")
                .replaceFirst("<circle[^>]*>", "")
                .replace("\n", "");
    }
}
