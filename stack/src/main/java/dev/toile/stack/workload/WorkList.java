package dev.toile.stack.workload;

import dev.toile.stack.operation.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Collects the operations of a step, or only those of some terms. */
final class WorkList {

    static final Set<Work.Term> ALL = Set.copyOf(EnumSet.allOf(Work.Term.class));

    private final Set<Work.Term> wanted;
    private final List<Work> work = new ArrayList<>(24);

    WorkList(Set<Work.Term> wanted) {
        this.wanted = wanted;
    }

    /** Whether operations of a term are wanted at all. */
    boolean wants(Work.Term term) {
        return wanted.contains(term);
    }

    /** Adds an operation whose size follows from the number of new tokens. */
    void byTokens(Operation operation, double count) {
        add(operation, count, Work.Term.TOKENS);
    }

    /** Adds an operation whose size follows from the number of tokens that get an output. */
    void byLogits(Operation operation, double count) {
        add(operation, count, Work.Term.LOGITS);
    }

    /** Adds an operation whose size follows from sequences, prompts and contexts. */
    void byContext(Operation operation, double count) {
        add(operation, count, Work.Term.CONTEXT);
    }

    private void add(Operation operation, double count, Work.Term term) {
        if (wants(term)) {
            work.add(new Work(operation, count, term));
        }
    }

    List<Work> all() {
        return work;
    }
}
