package dev.toile.search;

import java.util.List;

/**
 * Proposes designs and learns what they came to. It draws from its own seeded generator and sees trials in a fixed
 * order, so it proposes the same whatever the number of threads; one that is asked and told again what was asked and
 * told before comes to the same state, which is how a killed run is resumed.
 */
public interface Optimizer {

    /**
     * Designs to be evaluated next, none of them seen before; empty when there is nothing left to try.
     *
     * @param most designs that can still be evaluated; fewer may be proposed
     */
    List<int[]> ask(int most);

    /**
     * What designs came to, in the order in which they were proposed. Trials that were not asked for (such as migrants
     * from another island) are welcome.
     */
    void tell(List<Trial> trials);
}
