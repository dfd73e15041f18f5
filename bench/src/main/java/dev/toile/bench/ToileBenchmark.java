package dev.toile.bench;

import dev.toile.app.bench.BenchTask;
import dev.toile.app.bench.BenchTasks;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The tasks of {@code toile bench} under JMH, for profiles of time and allocation. */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ToileBenchmark {

    /** Which task. */
    @Param({"evaluate-new-chip", "evaluate-same-chip", "map-gemm", "map-gemm-new-chip", "decode-layer", "collective"})
    public String name = "map-gemm";

    private BenchTask task = new BenchTask("", "", i -> i);
    private int unit;

    /** Finds the task. */
    @Setup
    public void find() {
        task = BenchTasks.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** One unit of work. */
    @Benchmark
    public double work() {
        unit = (unit + 1) & Integer.MAX_VALUE;
        return task.work().run(unit);
    }
}
