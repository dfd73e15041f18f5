package dev.toile.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a study's objectives are written.
 *
 * @param names of them
 * @param samples a value of each, for unit and style; null where no candidate has one
 */
record Objectives(List<String> names, List<Results.@Nullable Value> samples) {

    static Objectives of(Results results) {
        List<Results.@Nullable Value> samples = new ArrayList<>();
        for (String name : results.objectives()) {
            samples.add(results.feasible().stream()
                    .map(candidate -> candidate.figures().get(name))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null));
        }
        return new Objectives(results.objectives(), samples);
    }

    String name(int objective) {
        return FigureName.shortly(names.get(objective));
    }

    String text(int objective, double value) {
        Results.Value sample = samples.get(objective);
        return Quantity.of(
                        value,
                        sample == null ? "1" : sample.unit(),
                        sample == null ? null : sample.style(),
                        names.get(objective))
                .text();
    }

    String title(int objective) {
        Results.Value sample = samples.get(objective);
        String unit = sample == null || sample.unit().equals("1") ? "" : ", " + sample.unit();
        return name(objective) + unit;
    }

    /** All values of a design, such as {@code Cost 0.46 USD/Mtoken, Energy 1 J/token}. */
    String all(List<Double> values) {
        List<String> texts = new ArrayList<>();
        for (int k = 0; k < values.size(); k++) {
            texts.add(name(k) + " " + text(k, values.get(k)));
        }
        return String.join(", ", texts);
    }
}
