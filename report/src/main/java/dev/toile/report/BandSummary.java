package dev.toile.report;

import dev.toile.stack.evaluation.FigureBands;
import dev.toile.stack.mapping.band.Band;
import dev.toile.stack.parallel.StepBand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bands of a candidate's steps, as results write them: what each class of operations adds and why. */
final class BandSummary {

    private static final String NOTE =
            "of kernel and collective times alone, for the same plan; what the models of serving, training and money"
                    + " leave out is not in it";

    private BandSummary() {}

    static Map<String, Object> of(FigureBands bands) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("share", Band.SHARE);
        map.put("note", NOTE);
        map.put("steps", bands.steps().stream().map(BandSummary::step).toList());
        return map;
    }

    private static Map<String, Object> step(StepBand step) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("step", step.name());
        map.put("low", step.low());
        map.put("high", step.high());
        List<Object> classes = new ArrayList<>();
        for (StepBand.Share each : step.classes()) {
            Map<String, Object> of = new LinkedHashMap<>();
            of.put("of", each.of());
            of.put("share", each.share());
            of.put("low", each.band().low());
            of.put("high", each.band().high());
            of.put("reason", each.band().reason());
            classes.add(of);
        }
        map.put("classes", classes);
        return map;
    }
}
