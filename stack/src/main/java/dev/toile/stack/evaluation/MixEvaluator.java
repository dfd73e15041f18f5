package dev.toile.stack.evaluation;

import dev.toile.stack.site.ItPower;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates candidates under a mix of works. What their fleets need together must keep the limits. Like {@link
 * Evaluator}, each thread needs its own.
 */
public final class MixEvaluator {

    private final Mix mix;
    private final Evaluator first;
    private final List<Evaluator> evaluators = new ArrayList<>();

    /** One that has seen nothing yet. */
    public MixEvaluator(Mix mix) {
        this.mix = mix;
        this.first = new Evaluator(mix.shares().getFirst().workload());
        mix.shares().forEach(share -> evaluators.add(first.under(share.workload())));
    }

    /**
     * Everything about one candidate; a design that cannot do one of several works is a result whose reason begins with
     * the name of the first that it cannot do.
     */
    public Evaluation evaluate(Candidate candidate) {
        if (mix.shares().size() == 1) {
            return first.evaluate(candidate);
        }
        if (!candidate.obstacles().isEmpty()) {
            return new Evaluation.Infeasible(candidate, String.join("; ", candidate.obstacles()));
        }
        List<Evaluation.Part> parts = new ArrayList<>();
        for (int i = 0; i < mix.shares().size(); i++) {
            Mix.Share share = mix.shares().get(i);
            Evaluation each = evaluators.get(i).evaluate(candidate.within(share.name(), share.modes()));
            if (each instanceof Evaluation.Infeasible(var _, String reason)) {
                return new Evaluation.Infeasible(candidate, share.name() + ": " + reason);
            }
            parts.add(new Evaluation.Part(share.name(), share.weight(), each));
        }
        Evaluation.Mixed mixed = new Evaluation.Mixed(candidate, parts);
        List<String> broken = candidate
                .limits()
                .brokenBy(
                        new ItPower(Figures.value(mixed, "it-power")),
                        Figures.value(mixed, "capex"),
                        Figures.value(mixed, "chips"));
        return broken.isEmpty() ? mixed : new Evaluation.Infeasible(candidate, String.join("; ", broken));
    }
}
