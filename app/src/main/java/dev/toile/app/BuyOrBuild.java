package dev.toile.app;

import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.study.Study;
import dev.toile.report.BreakEven;
import dev.toile.report.StudyResults.Entry;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.evaluation.MixEvaluator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many chips have to share the one-time cost of a built one before it beats what can be bought.
 *
 * @param study with both kinds of candidates
 * @param points of the space of every listed design, by its name
 */
record BuyOrBuild(Study study, Map<String, int[]> points) {

    private static final String COST = "usd-per-million-tokens";

    private static final double FEWEST = 1e3;
    private static final int PER_DECADE = 4;
    private static final int DECADES = 4;

    /** Empty without a design that works of either kind. */
    Optional<BreakEven> of(List<Entry> entries) {
        Optional<Entry> built = cheapest(entries, true);
        Optional<Entry> bought = cheapest(entries, false);
        if (built.isEmpty() || bought.isEmpty()) {
            return Optional.empty();
        }
        String name = built.get().name();
        int[] point = points.get(name);
        Optional<CandidateSpace> space = study.candidates().stream()
                .filter(each -> name.equals(each.name()) || name.startsWith(each.name() + " "))
                .findFirst();
        if (point == null || space.isEmpty()) {
            return Optional.empty();
        }
        double cost = Figures.value(bought.get().evaluation(), COST);
        MixEvaluator evaluator = new MixEvaluator(study.mix());
        List<BreakEven.Point> sweep = new ArrayList<>();
        for (int i = 0; i <= DECADES * PER_DECADE; i++) {
            double volume = FEWEST * Math.pow(10, i / (double) PER_DECADE);
            double value = Figures.value(evaluator.evaluate(space.get().at(point, volume)), COST);
            if (!Double.isNaN(value)) {
                sweep.add(new BreakEven.Point(volume, value));
            }
        }
        return Optional.of(new BreakEven(name, bought.get().name(), cost, crossing(sweep, cost), sweep));
    }

    private static Optional<Entry> cheapest(List<Entry> entries, boolean built) {
        return entries.stream()
                .filter(entry -> !(entry.evaluation() instanceof Evaluation.Infeasible))
                .filter(entry -> (entry.evaluation().candidate().kind() == Candidate.Kind.BUILD) == built)
                .min(Comparator.comparingDouble(entry -> Figures.value(entry.evaluation(), COST)));
    }

    /** Between two volumes on a straight line of their logarithms. */
    private static @Nullable Double crossing(List<BreakEven.Point> sweep, double cost) {
        for (int i = 1; i < sweep.size(); i++) {
            BreakEven.Point above = sweep.get(i - 1);
            BreakEven.Point below = sweep.get(i);
            if (above.cost() > cost && below.cost() <= cost) {
                double share = (above.cost() - cost) / (above.cost() - below.cost());
                return above.volume() * Math.pow(below.volume() / above.volume(), share);
            }
        }
        return null;
    }
}
