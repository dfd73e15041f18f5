package dev.toile.stack.parallel;

import dev.toile.stack.chip.Chip;
import java.util.List;

/**
 * What the operations of a step cost one chip, summed over all layers.
 *
 * @param seconds of all calls
 * @param tensorJoules at the tensor units
 * @param memoryJoules of memory and its interface
 * @param linkJoules of links to other chips
 * @param flops of the model's arithmetic, padding not counted
 */
public record StepCost(double seconds, double tensorJoules, double memoryJoules, double linkJoules, double flops) {

    /** Nothing. */
    static final StepCost NONE = new StepCost(0, 0, 0, 0, 0);

    /** The sum over operations that were timed. */
    static StepCost of(List<Step.Part> parts, Chip chip) {
        double seconds = 0;
        double tensor = 0;
        double memory = 0;
        double link = 0;
        double flops = 0;
        for (Step.Part part : parts) {
            seconds += part.seconds();
            tensor += part.count() * part.work().joules(Energy.TENSOR, chip);
            memory += part.count() * part.work().joules(Energy.MEMORY, chip);
            link += part.count() * part.work().joules(Energy.LINK, chip);
            flops += part.count() * part.work().flops();
        }
        return new StepCost(seconds, tensor, memory, link, flops);
    }

    /** Both together. */
    StepCost plus(StepCost other) {
        return new StepCost(
                seconds + other.seconds,
                tensorJoules + other.tensorJoules,
                memoryJoules + other.memoryJoules,
                linkJoules + other.linkJoules,
                flops + other.flops);
    }

    /** The same work in so many times the time. */
    StepCost taking(double factor) {
        return new StepCost(factor * seconds, tensorJoules, memoryJoules, linkJoules, flops);
    }

    /** One of the energies, joules. */
    double joules(Energy energy) {
        return switch (energy) {
            case TENSOR -> tensorJoules;
            case MEMORY -> memoryJoules;
            case LINK -> linkJoules;
        };
    }
}
