package dev.toile.catalog.study;

import dev.toile.catalog.model.BundledModel;
import dev.toile.catalog.model.ImportedModel;
import dev.toile.catalog.model.Models;
import dev.toile.catalog.study.WorkloadSpec.LengthSpec;
import dev.toile.catalog.study.WorkloadSpec.PrecisionSpec;
import dev.toile.catalog.study.WorkloadSpec.PricesSpec;
import dev.toile.catalog.study.WorkloadSpec.ServiceLevelSpec;
import dev.toile.catalog.study.WorkloadSpec.TrafficSpec;
import dev.toile.catalog.study.WorkloadSpec.TrainingSpec;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Location;
import dev.toile.catalog.text.Names;
import dev.toile.catalog.text.Problems;
import dev.toile.stack.evaluation.Prices;
import dev.toile.stack.evaluation.Workload;
import dev.toile.stack.figure.Provenance;
import dev.toile.stack.figure.Source;
import dev.toile.stack.workload.Lengths;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.ServiceLevel;
import dev.toile.stack.workload.Traffic;
import dev.toile.stack.workload.TrainingJob;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the workload of a study into one of the stack.
 *
 * @param file of the study, for messages
 * @param directory against which the path of a model is resolved
 */
record WorkloadReader(String file, Path directory) {

    @Nullable
    Workload read(WorkloadSpec spec, Problems problems) {
        ImportedModel model = model(spec, problems);
        if ((spec.traffic() == null) == (spec.training() == null)) {
            problems.add(
                    spec.location(),
                    "a workload needs either traffic or training, and not both",
                    "",
                    "",
                    "traffic: {rate: 10 requests/s, prompt: {mean: 1000 tokens}, output: {mean: 200 tokens}}");
            return null;
        }
        return spec.traffic() != null
                ? serving(spec, spec.traffic(), model, problems)
                : training(spec.training(), spec, model);
    }

    private @Nullable ImportedModel model(WorkloadSpec spec, Problems problems) {
        Models models = Models.bundled();
        Optional<ImportedModel> known = models.find(spec.model()).map(BundledModel::model);
        if (known.isPresent()) {
            return known.get();
        }
        if (!spec.model().endsWith(".json") && !spec.model().contains("/")) {
            problems.add(
                    spec.location(),
                    "the catalog knows no model of this name",
                    "'" + spec.model() + "'",
                    "one of " + String.join(", ", models.names()) + ", or the path of a config.json",
                    Names.nearest(spec.model(), models.names()).orElse(""));
            return null;
        }
        try {
            return Models.fromFile(directory.resolve(spec.model()));
        } catch (BadInput e) {
            problems.addAll(e);
            return null;
        }
    }

    private @Nullable Workload training(
            @Nullable TrainingSpec spec, WorkloadSpec workload, @Nullable ImportedModel model) {
        if (spec == null || model == null) {
            return null;
        }
        TrainingJob job = new TrainingJob(
                spec.tokens(),
                spec.sequence(),
                spec.batch(),
                spec.recompute(),
                spec.sequenceParallel(),
                spec.fusedAttention(),
                spec.overlapGradients(),
                spec.gradientBytes(),
                spec.shardGradients());
        return new Workload.Training(model.transformer(), precision(workload.precision()), job, spec.chips());
    }

    private @Nullable Workload serving(
            WorkloadSpec spec, TrafficSpec traffic, @Nullable ImportedModel model, Problems problems) {
        Traffic arriving = traffic(traffic, problems);
        if (model == null || arriving == null) {
            return null;
        }
        return new Workload.Serving(
                model.transformer(),
                precision(spec.precision()),
                arriving,
                traffic.saturate(),
                serviceLevel(spec.serviceLevel()),
                prices(spec.prices()));
    }

    private static Precision precision(@Nullable PrecisionSpec spec) {
        return spec == null ? Precision.BF16 : new Precision(spec.weights(), spec.activations(), spec.kvCache());
    }

    private static ServiceLevel serviceLevel(@Nullable ServiceLevelSpec spec) {
        double none = Double.POSITIVE_INFINITY;
        return spec == null
                ? ServiceLevel.NONE
                : new ServiceLevel(
                        spec.ttftP99() == null ? none : spec.ttftP99(), spec.tpotP99() == null ? none : spec.tpotP99());
    }

    private @Nullable Prices prices(@Nullable PricesSpec spec) {
        return spec == null
                ? null
                : new Prices(
                        spec.input(),
                        spec.cachedInput() == null ? spec.input() : spec.cachedInput(),
                        spec.output(),
                        Provenance.all(Source.study(file)));
    }

    private @Nullable Traffic traffic(TrafficSpec spec, Problems problems) {
        Lengths output = lengths(spec.output(), spec.location(), problems);
        Lengths prompt = prompt(spec, problems);
        double rate = rate(spec, problems);
        return output == null || prompt == null || Double.isNaN(rate)
                ? null
                : new Traffic(
                        rate,
                        spec.peakToAverage(),
                        prompt,
                        output,
                        spec.cachedShare(),
                        Provenance.all(Source.study(file)));
    }

    /** The prompt as stated, or as it follows from the totals: as many prompt tokens per output token. */
    private static @Nullable Lengths prompt(TrafficSpec spec, Problems problems) {
        if (spec.tokens() != null && spec.prompt() == null) {
            return Lengths.constant(spec.tokens().input()
                    / spec.tokens().output()
                    * spec.output().mean());
        }
        if (spec.prompt() == null) {
            problems.add(
                    spec.location(), "traffic lacks 'prompt'", "", "lengths of prompts", "prompt: {mean: 1000 tokens}");
            return null;
        }
        return lengths(spec.prompt(), spec.location(), problems);
    }

    private static @Nullable Lengths lengths(LengthSpec spec, Location location, Problems problems) {
        try {
            return new Lengths(spec.mean(), spec.p90() == null ? spec.mean() : spec.p90());
        } catch (IllegalArgumentException e) {
            problems.add(location, String.valueOf(e.getMessage()), "", "", "check mean and p90");
            return null;
        }
    }

    /** Requests per second; NaN when the problems say why there is no rate. */
    private static double rate(TrafficSpec spec, Problems problems) {
        boolean users = spec.users() != null && spec.requests() != null;
        int ways = (users ? 1 : 0)
                + (spec.rate() != null ? 1 : 0)
                + (spec.tokens() != null ? 1 : 0)
                + (spec.saturate() ? 1 : 0);
        boolean half = (spec.users() == null) != (spec.requests() == null);
        if (ways != 1 || half) {
            problems.add(
                    spec.location(),
                    "traffic needs exactly one of: users with requests, rate, tokens, saturate: true",
                    half ? "only one of users and requests" : ways == 0 ? "none" : ways + " of them",
                    "",
                    "rate: 100 requests/s");
            return Double.NaN;
        }
        if (spec.users() != null && spec.requests() != null) {
            return spec.users() * spec.requests();
        }
        if (spec.rate() != null) {
            return spec.rate();
        }
        return spec.tokens() != null ? spec.tokens().output() / spec.output().mean() : 1;
    }
}
