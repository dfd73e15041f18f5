package dev.toile.stack.parallel;

import dev.toile.stack.chip.Chip;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.workload.Work;
import dev.toile.stack.workload.WorkSink;

/** Adds up all that one term of a step costs, operation by operation, without keeping them. */
final class CostSum implements WorkSink {

    private final StepTimer timer;
    private final Work.Term term;
    private double seconds;
    private double tensor;
    private double memory;
    private double link;
    private double flops;

    CostSum(StepTimer timer, Work.Term term) {
        this.timer = timer;
        this.term = term;
    }

    @Override
    public boolean wants(Work.Term other) {
        return other == term;
    }

    @Override
    public void add(Operation operation, double count, Work.Term of) {
        add(timer.timed(operation), count);
    }

    void add(Timed work, double count) {
        Chip chip = timer.chip();
        seconds += count * work.seconds();
        tensor += count * work.joules(Energy.TENSOR, chip);
        memory += count * work.joules(Energy.MEMORY, chip);
        link += count * work.joules(Energy.LINK, chip);
        flops += count * work.flops();
    }

    StepCost cost() {
        return new StepCost(seconds, tensor, memory, link, flops);
    }
}
