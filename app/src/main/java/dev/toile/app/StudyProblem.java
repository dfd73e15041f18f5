package dev.toile.app;

import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.study.Study;
import dev.toile.search.Axis;
import dev.toile.search.Box;
import dev.toile.search.Problem;
import dev.toile.search.Space;
import dev.toile.search.Trial;
import dev.toile.stack.chip.ChipDesign;
import dev.toile.stack.evaluation.Candidate;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Figures;
import dev.toile.stack.evaluation.Mix;
import dev.toile.stack.evaluation.MixEvaluator;
import dev.toile.stack.site.ItPower;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One candidate of a study as a search sees it: a space of choices, and objectives to be made small.
 *
 * @param study whose workload and objectives count
 * @param candidate whose choices are open
 * @param space of them
 */
public record StudyProblem(Study study, CandidateSpace candidate, Space space) implements Problem {

    /** Violation of a design that was evaluated and cannot do the work. */
    private static final double FAILED = 1;

    /** Violation of a design that does the work and breaks a limit, at most. */
    private static final double BROKEN = 0.5;

    /** The problem of one candidate of a study. */
    public static StudyProblem of(Study study, CandidateSpace candidate) {
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < candidate.axes().size(); i++) {
            axes.add(new Axis(
                    candidate.labels().get(i),
                    candidate.axes().get(i).options().size(),
                    candidate.axes().get(i).ordered(),
                    candidate.conditions().get(i).stream()
                            .map(condition -> new Axis.Condition(condition.axis(), condition.options()))
                            .toList()));
        }
        return new StudyProblem(study, candidate, new Space(axes));
    }

    @Override
    public int objectives() {
        return study.objectives().size();
    }

    @Override
    public Judge judge() {
        MixEvaluator evaluator = new MixEvaluator(study.mix());
        return point -> judged(evaluator, point);
    }

    private Trial judged(MixEvaluator evaluator, int[] point) {
        Candidate design = candidate.at(point);
        double[] values = new double[objectives()];
        if (!design.obstacles().isEmpty()) {
            Arrays.fill(values, Double.NaN);
            // Smaller chips are closer to one that can be made, when size is what ails them.
            double violation = outgrown(design) ? 2 + design.chip().area() : FAILED;
            return new Trial(space.number(point), values, violation);
        }
        Evaluation evaluation = evaluator.evaluate(design.unlimited());
        for (int k = 0; k < values.length; k++) {
            values[k] = minimised(evaluation, study.objectives().get(k));
        }
        return new Trial(space.number(point), values, violation(evaluation, design));
    }

    /** The sooner a work fails the farther is the design; nearest are those that do all and break a limit. */
    private double violation(Evaluation evaluation, Candidate design) {
        if (evaluation instanceof Evaluation.Infeasible(var _, String reason)) {
            List<Mix.Share> shares = study.mix().shares();
            double done = 0;
            for (int i = 1; i < shares.size(); i++) {
                done = reason.startsWith(shares.get(i).name() + ": ") ? i : done;
            }
            return FAILED - (FAILED - BROKEN) * done / shares.size();
        }
        double excess = design.limits()
                .excess(
                        new ItPower(Figures.value(evaluation, "it-power")),
                        Figures.value(evaluation, "capex"),
                        Figures.value(evaluation, "chips"));
        return excess > 1 ? BROKEN * (1 - 1 / excess) : 0;
    }

    /** Objectives of an evaluation, all to be made small; infinite where it has no such figure. */
    static double minimised(Evaluation evaluation, String objective) {
        double value = Figures.value(evaluation, objective);
        if (Double.isNaN(value)) {
            return Double.POSITIVE_INFINITY;
        }
        return Figures.moreIsBetter(objective) ? -value : value;
    }

    private static boolean outgrown(Candidate design) {
        return design.chip().provenance() instanceof ChipDesign chip && chip.outgrown();
    }

    /** More of anything does not help a chip that is too large, nor does what is done with it. */
    @Override
    public List<Reach> reach() {
        return IntStream.range(0, space.dimensions())
                .mapToObj(i -> !candidate.shapesChip(i) ? Reach.ALL : candidate.growsWith(i) ? Reach.MORE : Reach.SAME)
                .toList();
    }

    /**
     * A chip that is too large stays too large when it gets more of anything. So a box is impossible when its corner of
     * the least of everything is, provided that choices of another kind (such as the process) are made in it.
     */
    @Override
    public boolean impossible(Box box) {
        for (int i = 0; i < space.dimensions(); i++) {
            if (!box.fixed(i) && !candidate.growsWith(i) && candidate.shapesChip(i)) {
                return false;
            }
        }
        int[] least = space.canonical(box.low().clone());
        return Arrays.equals(least, box.low()) && outgrown(candidate.at(least));
    }
}
