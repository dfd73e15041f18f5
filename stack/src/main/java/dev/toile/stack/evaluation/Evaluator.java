package dev.toile.stack.evaluation;

import dev.toile.stack.figure.Unit;
import dev.toile.stack.parallel.StepCosts;
import dev.toile.stack.serving.Attempt;
import dev.toile.stack.serving.Demand;
import dev.toile.stack.serving.Deployment;
import dev.toile.stack.serving.Latency;
import dev.toile.stack.serving.MeasuredPool;
import dev.toile.stack.serving.Pool;
import dev.toile.stack.serving.ServingPlan;
import dev.toile.stack.serving.ServingPlanner;
import dev.toile.stack.site.ItPower;
import dev.toile.stack.training.Iteration;
import dev.toile.stack.training.Trainer;
import dev.toile.stack.training.TrainingMemory;
import dev.toile.stack.training.TrainingPlanner;
import dev.toile.stack.workload.Traffic;
import java.util.List;

/**
 * Evaluates candidates under one workload. Remembers what steps cost on the chips it has seen last, so each thread needs
 * its own; what it remembers never changes a result.
 */
public final class Evaluator {

    /** The largest replica that is tried, accelerators. */
    private static final int MOST_CHIPS = 512;

    private final Workload workload;
    private final CostMemory memory;

    /** An evaluator that has seen nothing yet. */
    public Evaluator(Workload workload) {
        this(workload, new CostMemory());
    }

    private Evaluator(Workload workload, CostMemory memory) {
        this.workload = workload;
        this.memory = memory;
    }

    /** One for another workload, with the same memory and on the same thread. */
    public Evaluator under(Workload other) {
        return new Evaluator(other, memory);
    }

    /** Everything about one candidate; a design that cannot work is a result with its reason. */
    public Evaluation evaluate(Candidate candidate) {
        if (!candidate.obstacles().isEmpty()) {
            return new Evaluation.Infeasible(candidate, String.join("; ", candidate.obstacles()));
        }
        return switch (workload) {
            case Workload.Serving serving ->
                serve(candidate, serving.at(candidate.deployments().common()));
            case Workload.Training training -> train(candidate, training);
        };
    }

    private Evaluation serve(Candidate candidate, Workload.Serving serving) {
        Attempt attempt = candidate.measured().isEmpty() ? planned(candidate, serving) : stated(candidate);
        return switch (attempt) {
            case Attempt.Fails fails -> new Evaluation.Infeasible(candidate, fails.reason());
            case Attempt.Works(ServingPlan plan) -> withinLimits(candidate, fleet(candidate, serving, plan));
        };
    }

    private Attempt planned(Candidate candidate, Workload.Serving serving) {
        StepCosts costs = memory.of(candidate, serving.model(), serving.precision());
        Deployment fixed = candidate.deployments().common();
        Demand demand = new Demand(
                costs, candidate.profile(), serving.traffic(), serving.serviceLevel(), fixed.mostSequences());
        ServingPlanner.Modes modes = fixed.modes() == null ? candidate.modes() : fixed.modes();
        return new ServingPlanner(demand, modes, MOST_CHIPS, fixed).plan();
    }

    /** A plan of measured rates says nothing of latency. */
    private static Attempt stated(Candidate candidate) {
        List<Pool> pools = candidate.measured().stream()
                .map((MeasuredPool pool) -> (Pool) pool)
                .toList();
        Latency unknown = Latency.UNKNOWN;
        return new Attempt.Works(new ServingPlan("measured", pools, unknown, "measurement"));
    }

    /** The fleet that a plan asks for: for the traffic, or one system that is fed to its limit. */
    static Fleet fleet(Candidate candidate, Workload.Serving serving, ServingPlan plan) {
        if (serving.saturate()) {
            Traffic most = new Saturation(candidate, plan, serving.traffic()).traffic();
            return new Fleet(candidate, serving, plan, most, 0);
        }
        return new Fleet(
                candidate,
                serving,
                plan,
                serving.traffic(),
                candidate.economics().spare());
    }

    private static Evaluation withinLimits(Candidate candidate, Fleet fleet) {
        FleetPower power = new FleetPower(fleet);
        FleetMoney money = new FleetMoney(fleet, power);
        return limited(new Evaluation.Serves(fleet), candidate, power.provided(), money.capex(), fleet.chips());
    }

    private static Evaluation limited(
            Evaluation works, Candidate candidate, ItPower power, double capex, double chips) {
        List<String> broken = candidate.limits().brokenBy(power, capex, chips);
        return broken.isEmpty() ? works : new Evaluation.Infeasible(candidate, String.join("; ", broken));
    }

    private static Evaluation train(Candidate candidate, Workload.Training training) {
        Trainer trainer = new Trainer(
                candidate.timer(training.model(), training.precision()), candidate.profile(), training.job());
        if (candidate.layout() != null) {
            if (candidate.layout().chips() != training.chips()) {
                return new Evaluation.Infeasible(
                        candidate,
                        "layout " + candidate.layout().label() + " uses "
                                + candidate.layout().chips() + " chips; the job has " + training.chips());
            }
            double bytes = new TrainingMemory(training.model(), training.job(), candidate.layout()).bytes();
            Iteration iteration = trainer.iteration(candidate.layout());
            return bytes > candidate.chip().memoryCapacity()
                    ? new Evaluation.Infeasible(candidate, tooLarge(bytes, candidate))
                    : trained(candidate, training, iteration);
        }
        return switch (new TrainingPlanner(trainer, training.chips()).plan()) {
            case TrainingPlanner.Result.Works(Iteration iteration) -> trained(candidate, training, iteration);
            case TrainingPlanner.Result.Fails(String reason) -> new Evaluation.Infeasible(candidate, reason);
        };
    }

    private static Evaluation trained(Candidate candidate, Workload.Training training, Iteration iteration) {
        Cluster cluster = new Cluster(candidate, training, iteration);
        return limited(new Evaluation.Trains(cluster), candidate, cluster.itPower(), cluster.capex(), cluster.chips());
    }

    private static String tooLarge(double bytes, Candidate candidate) {
        Unit byteUnit = Unit.BYTE;
        return "training needs " + byteUnit.format(bytes) + " a chip; "
                + candidate.chip().name() + " has "
                + byteUnit.format(candidate.chip().memoryCapacity());
    }
}
