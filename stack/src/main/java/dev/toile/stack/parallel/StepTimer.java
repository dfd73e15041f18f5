package dev.toile.stack.parallel;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.mapping.Mapper;
import dev.toile.stack.network.CollectiveTime;
import dev.toile.stack.network.Collectives;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.workload.Precision;
import dev.toile.stack.workload.StepOperations;
import dev.toile.stack.workload.StepShape;
import dev.toile.stack.workload.Transformer;
import dev.toile.stack.workload.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * Times the operations of a model on a chip and a network.
 *
 * @param model that runs
 * @param precision of its deployment
 * @param chip it runs on
 * @param mapper of operations to the chip
 * @param collectives over the network
 */
public record StepTimer(Transformer model, Precision precision, Chip chip, Mapper mapper, Collectives collectives) {

    /** The same model on the same chips over another network. */
    public StepTimer over(Collectives network) {
        return new StepTimer(model, precision, chip, mapper, network);
    }

    /** One pass with all its parts. */
    public Step step(String name, Parallelism parallelism, StepShape shape) {
        return new Step(name, shape, parallelism, this, StepCost.of(parts(parallelism, shape), chip));
    }

    /** The operations of one pass, in order, with their times. */
    List<Step.Part> parts(Parallelism parallelism, StepShape shape) {
        List<Step.Part> parts = parts(operations(parallelism, shape).list());
        if (parallelism.pipeline() > 1) {
            parts.add(new Step.Part(new Timed.OnNetwork(send(parallelism, shape)), parallelism.pipeline() - 1));
        }
        return List.copyOf(parts);
    }

    /** What the operations of one term cost: those by tokens include the sends between stages. */
    StepCost cost(Work.Term term, Parallelism parallelism, StepShape shape) {
        CostSum sum = new CostSum(this, term);
        operations(parallelism, shape).each(sum);
        if (term == Work.Term.TOKENS && parallelism.pipeline() > 1) {
            sum.add(new Timed.OnNetwork(send(parallelism, shape)), parallelism.pipeline() - 1);
        }
        return sum.cost();
    }

    /** Seconds of {@link #cost}, for the terms without sends: the same to the bit, with less to do. */
    double seconds(Work.Term term, Parallelism parallelism, StepShape shape) {
        SecondsSum sum = new SecondsSum(mapper, collectives, term);
        operations(parallelism, shape).each(sum);
        return sum.seconds();
    }

    private StepOperations operations(Parallelism parallelism, StepShape shape) {
        return new StepOperations(model, precision, parallelism.shard(), shape);
    }

    /** From one stage to the next. */
    private CollectiveTime send(Parallelism parallelism, StepShape shape) {
        double bytes = (double) shape.wholeTokens() * model.hidden() * 2 / parallelism.tensor();
        return collectives.time(new Collective("stage-send", Collective.Kind.SEND, bytes, 2, parallelism.stageChips()));
    }

    /** Operations with their times; the list may be added to. */
    public List<Step.Part> parts(List<Work> work) {
        List<Step.Part> parts = new ArrayList<>(work.size() + 1);
        for (Work each : work) {
            parts.add(new Step.Part(timed(each.operation()), each.count()));
        }
        return parts;
    }

    Timed timed(Operation operation) {
        return operation instanceof Collective collective
                ? new Timed.OnNetwork(collectives.time(collective))
                : new Timed.OnChip(mapper.map(operation));
    }
}
