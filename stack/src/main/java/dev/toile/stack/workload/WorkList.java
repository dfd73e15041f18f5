package dev.toile.stack.workload;

import dev.toile.stack.operation.Operation;
import java.util.ArrayList;
import java.util.List;

/** Keeps all operations of a step in order. */
final class WorkList implements WorkSink {

    private final List<Work> work = new ArrayList<>(24);

    @Override
    public boolean wants(Work.Term term) {
        return true;
    }

    @Override
    public void add(Operation operation, double count, Work.Term term) {
        work.add(new Work(operation, count, term));
    }

    List<Work> all() {
        return work;
    }
}
