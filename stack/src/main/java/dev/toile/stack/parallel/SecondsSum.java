package dev.toile.stack.parallel;

import dev.toile.stack.mapping.Mapper;
import dev.toile.stack.network.Collectives;
import dev.toile.stack.operation.Operation;
import dev.toile.stack.operation.Operation.Collective;
import dev.toile.stack.workload.Work;
import dev.toile.stack.workload.WorkSink;

/** Adds up the seconds of one term of a step and keeps nothing else: a planner asks for millions of them. */
final class SecondsSum implements WorkSink {

    private final Mapper mapper;
    private final Collectives collectives;
    private final Work.Term term;
    private double seconds;

    SecondsSum(Mapper mapper, Collectives collectives, Work.Term term) {
        this.mapper = mapper;
        this.collectives = collectives;
        this.term = term;
    }

    /** Seconds of all that was added. */
    double seconds() {
        return seconds;
    }

    @Override
    public boolean wants(Work.Term other) {
        return other == term;
    }

    @Override
    public void add(Operation operation, double count, Work.Term of) {
        double once = operation instanceof Collective collective
                ? collectives.time(collective).seconds()
                : mapper.seconds(operation);
        seconds += count * once;
    }
}
