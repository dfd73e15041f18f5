package dev.toile.stack.evaluation;

import dev.toile.stack.serving.Deployment;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.ServiceLevel;
import dev.toile.stack.workload.Traffic;
import dev.toile.stack.workload.TrainingJob;
import dev.toile.stack.workload.Transformer;
import org.jspecify.annotations.Nullable;

/** What the candidates have to do. */
public sealed interface Workload {

    /** The model that runs. */
    Transformer model();

    /** Its number formats. */
    Precision precision();

    /**
     * Answer requests.
     *
     * @param model that answers
     * @param precision of the deployment
     * @param traffic that arrives
     * @param saturate whether one system is fed as much as it can serve, whatever rate the traffic states
     * @param serviceLevel that is promised
     * @param prices that users pay; null when nothing is sold
     */
    record Serving(
            Transformer model,
            Precision precision,
            Traffic traffic,
            boolean saturate,
            ServiceLevel serviceLevel,
            @Nullable Prices prices)
            implements Workload {

        /** The same work in the number formats that a design fixes. */
        Serving at(Deployment deployment) {
            Precision fixed = deployment.precision(precision);
            return fixed.equals(precision) ? this : new Serving(model, fixed, traffic, saturate, serviceLevel, prices);
        }
    }

    /**
     * Train the model.
     *
     * @param model to be trained
     * @param precision of its arithmetic
     * @param job tokens, batch, recomputation
     * @param chips that train
     */
    record Training(Transformer model, Precision precision, TrainingJob job, int chips) implements Workload {}
}
