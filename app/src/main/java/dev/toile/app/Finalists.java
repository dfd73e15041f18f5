package dev.toile.app;

import dev.toile.report.StudyResults;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Fleet;
import dev.toile.stack.evaluation.Rescored;
import dev.toile.stack.evaluation.ServiceSimulation;
import dev.toile.stack.figure.Unit;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The best candidates of a study, simulated: the closed form ranks thousands, the simulation says of a few how far to
 * trust it.
 *
 * @param results of the closed form, ranked
 * @param seed of the requests that are made up
 */
record Finalists(StudyResults results, long seed) {

    /** Enough for a P99 within a few percent. */
    private static final int REQUESTS = 4000;

    private static final int PROBES = 8;

    /** Simulates so many. */
    SequencedMap<String, Rescored> simulated(int count) {
        SequencedMap<String, Rescored> found = new LinkedHashMap<>();
        for (StudyResults.Entry entry : results.entries()) {
            boolean room = found.size() < count && !found.containsKey(entry.name());
            if (room && entry.evaluation() instanceof Evaluation.Serves(Fleet fleet) && stepped(fleet)) {
                ServiceSimulation simulation = new ServiceSimulation(fleet, ServiceSimulation.Choices.PLANNED);
                if (simulation.obstacle().isEmpty()) {
                    found.put(entry.name(), simulation.rescored(REQUESTS, PROBES, seed));
                }
            }
        }
        return found;
    }

    /** Rates that are stated, not predicted, have no steps to simulate. */
    private static boolean stepped(Fleet fleet) {
        return !fleet.plan().mode().equals("measured");
    }

    /** What the simulations found, beside what was planned. */
    static void print(PrintWriter out, StudyResults results) {
        for (Map.Entry<String, Rescored> each : results.simulated().entrySet()) {
            Rescored rescored = each.getValue();
            out.print(each.getKey() + ": simulated, a replica takes ");
            if (rescored.capacity().rate() == 0) {
                out.println(
                        "no rate that keeps the promises; planned " + Unit.REQUEST_PER_SECOND.format(rescored.rate()));
                continue;
            }
            out.println(Unit.REQUEST_PER_SECOND.format(rescored.capacity().rate())
                    + String.format(Locale.ROOT, " (%+.0f %% of the plan)", 100 * rescored.difference())
                    + "; the fleet costs "
                    + Unit.USD_PER_MILLION_TOKENS.format(rescored.simulated("usd-per-million-tokens"))
                    + " with " + Unit.ONE.format(rescored.simulated("chips")) + " chips");
        }
    }
}
