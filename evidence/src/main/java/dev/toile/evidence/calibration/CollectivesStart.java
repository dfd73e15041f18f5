package dev.toile.evidence.calibration;

import dev.toile.stack.network.CollectiveConstants;
import dev.toile.stack.network.CollectiveConstants.Choice;
import dev.toile.stack.network.CollectiveConstants.Estimate;
import dev.toile.stack.network.CollectiveConstants.Exchange;
import dev.toile.stack.network.CollectiveConstants.Generation;
import dev.toile.stack.network.CollectiveConstants.Library;
import dev.toile.stack.network.CollectiveConstants.Shared;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Where every fit of collectives begins. Limits and ranks are those of the software, seen in the tables; the choice of
 * protocols is the library's own (NCCL, src/graph/tuning.cc). They are not fitted.
 */
final class CollectivesStart {

    private static final double KIBI = 1024;
    private static final double MEBI = 1024 * KIBI;

    private CollectivesStart() {}

    static CollectiveConstants constants() {
        Exchange exchange = new Exchange(1e-6, 4e-6, 11e-6, 1e12);
        SequencedMap<String, Generation> generations = new LinkedHashMap<>();
        generations.put(
                "ampere",
                new Generation(8e-6, 2e-6, 1e-6, 2e-6, 15e-6, 3e-6, 4e11, 0.92, 0, 5, 4.2e-6, 0.3e-6, MEBI, exchange));
        generations.put(
                "hopper",
                new Generation(
                        4.4e-6, 2e-6, 0.8e-6, 2e-6, 15e-6, 3e-6, 7e11, 0.92, 0.8, 5, 2.7e-6, 0.3e-6, 8 * MEBI,
                        exchange));
        generations.put(
                "blackwell",
                new Generation(
                        7.6e-6, 2e-6, 1.2e-6, 2e-6, 15e-6, 3e-6, 1e12, 0.79, 0.7, 6, 4.7e-6, 0.3e-6, 8 * MEBI,
                        exchange));
        SequencedMap<String, Library> libraries = new LinkedHashMap<>();
        libraries.put("nccl-2.18-ampere", new Library(42e-6, 0, 0, 0));
        libraries.put("nccl-2.18-hopper", new Library(30e-6, 64 * KIBI, 40e-6, 0));
        libraries.put("nccl-2.20-hopper", new Library(30e-6, 0, 0, 0));
        libraries.put("torch-hopper", new Library(30e-6, 0, 0, 10e-6));
        Shared shared = new Shared(16 * KIBI, 0.45, 20e-6, 6e9, 25e-6, 15e-6, 0.75);
        return new CollectiveConstants(shared, choice(), generations, libraries);
    }

    private static Choice choice() {
        return new Choice(
                new Estimate(6.6e-6, 0.6e-6, 1e-6, 2.7e-6, 0.38, 0.5, 0.1),
                new Estimate(14e-6, 1.9e-6, 2.5e-6, 4e-6, 0.92, 0.92, 0.92),
                new Estimate(8.4e-6, 3.4e-6, 5.7e-6, 14e-6, 1, 1, 1));
    }
}
