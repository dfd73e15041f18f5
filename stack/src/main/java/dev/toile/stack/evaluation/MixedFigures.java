package dev.toile.stack.evaluation;

import dev.toile.stack.figure.Figure;
import dev.toile.stack.figure.Source;
import dev.toile.stack.figure.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The figures of a mix of works: what is counted or paid adds up, latencies are those of the work that is worst, figures
 * of the chip are the same for all, everything else is the mean by the weights of the works.
 */
final class MixedFigures {

    private static final Set<String> SUMS = Set.of(
            "chips",
            "mean-chips",
            "systems",
            "it-power",
            "facility-power",
            "utility-power",
            "mean-it-power",
            "capex",
            "opex-per-year",
            "usd-per-year",
            "usd-per-day",
            "usd-of-run",
            "revenue-per-year",
            "revenue-per-day");

    private static final Set<String> WORST =
            Set.of("ttft-p50", "ttft-p99", "tpot-p50", "tpot-p99", "iteration-time", "training-time");

    private static final Set<String> SAME = Set.of("chip-area", "chip-power", "chip-cost", "chip-price");

    private MixedFigures() {}

    /** What every work has, in the order of the first. */
    static List<String> names(Evaluation.Mixed mixed) {
        return Figures.names(mixed.parts().getFirst().evaluation()).stream()
                .filter(name -> !Double.isNaN(value(mixed, name)))
                .toList();
    }

    /** NaN when a work has no such figure. */
    static double value(Evaluation.Mixed mixed, String name) {
        if (SAME.contains(name)) {
            return Figures.value(mixed.parts().getFirst().evaluation(), name);
        }
        double total = 0;
        double weights = 0;
        boolean sum = SUMS.contains(name);
        boolean worst = WORST.contains(name);
        for (Evaluation.Part part : mixed.parts()) {
            double value = Figures.value(part.evaluation(), name);
            if (worst) {
                total = Math.max(total, value);
            } else {
                total += sum ? value : part.weight() * value;
            }
            weights += part.weight();
        }
        return sum || worst ? total : total / weights;
    }

    static Optional<Figure> explain(Evaluation.Mixed mixed, String name) {
        double value = value(mixed, name);
        if (Double.isNaN(value)) {
            return Optional.empty();
        }
        if (SAME.contains(name)) {
            return Figures.explain(mixed.parts().getFirst().evaluation(), name);
        }
        List<Figure> inputs = new ArrayList<>();
        for (Evaluation.Part part : mixed.parts()) {
            Figures.explain(part.evaluation(), name)
                    .ifPresent(figure -> inputs.add(
                            figure.as(part.name() + "-" + name).labelled(part.name() + ": " + figure.label())));
        }
        String label = inputs.getFirst()
                .label()
                .substring(mixed.parts().getFirst().name().length() + 2);
        Unit unit = inputs.getFirst().unit();
        if (SUMS.contains(name)) {
            return Optional.of(Figure.sum(name, label, value, unit, inputs));
        }
        if (WORST.contains(name)) {
            String names = inputs.stream().map(Figure::name).collect(Collectors.joining(", "));
            return Optional.of(
                    Figure.of(name, label, value, unit, "max(" + names + ")", inputs.toArray(Figure[]::new)));
        }
        return Optional.of(mean(mixed, name, label, value, unit, inputs));
    }

    private static Figure mean(
            Evaluation.Mixed mixed, String name, String label, double value, Unit unit, List<Figure> values) {
        List<Figure> inputs = new ArrayList<>(values);
        List<String> products = new ArrayList<>();
        List<String> weights = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Evaluation.Part part = mixed.parts().get(i);
            String weight = part.name() + "-weight";
            inputs.add(Figure.leaf(
                    weight, "weight of " + part.name(), part.weight(), Unit.ONE, Source.study("the workloads")));
            products.add(weight + " * " + values.get(i).name());
            weights.add(weight);
        }
        String formula = "(" + String.join(" + ", products) + ") / (" + String.join(" + ", weights) + ")";
        return Figure.of(name, label + ", mean of the workloads", value, unit, formula, inputs.toArray(Figure[]::new));
    }
}
