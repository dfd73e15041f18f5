package dev.toile.catalog.trace;

import dev.toile.stack.serving.simulation.RequestClass;
import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.serving.simulation.Requests.Hashes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Requests as they are read, in arrays that grow: a million of them take a few ten megabytes. */
final class Columns {

    /** More classes than a byte counts are no classes. */
    static final int MOST_CLASSES = 100;

    private double[] arrivals = new double[1024];
    private int[] prompts = new int[1024];
    private int[] outputs = new int[1024];
    private byte[] classes = new byte[1024];
    private final Map<String, Byte> names = new LinkedHashMap<>();
    private int size;

    private int[] starts = new int[1024];
    private int[] ids = new int[1024];
    private int idCount;
    private final Map<Long, Integer> dense = new LinkedHashMap<>();

    int size() {
        return size;
    }

    /** Adds a request; false when there are too many classes. */
    boolean add(double arrival, int prompt, int output, String kind) {
        if (size == arrivals.length) {
            arrivals = Arrays.copyOf(arrivals, 2 * size);
            prompts = Arrays.copyOf(prompts, 2 * size);
            outputs = Arrays.copyOf(outputs, 2 * size);
            classes = Arrays.copyOf(classes, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
        }
        Byte known = names.get(kind);
        if (known == null) {
            if (names.size() == MOST_CLASSES) {
                return false;
            }
            known = (byte) names.size();
            names.put(kind, known);
        }
        arrivals[size] = arrival;
        prompts[size] = prompt;
        outputs[size] = output;
        classes[size] = known;
        starts[size++] = idCount;
        return true;
    }

    /** Adds a hash to the request added last. */
    void hash(long id) {
        if (idCount == ids.length) {
            ids = Arrays.copyOf(ids, 2 * idCount);
        }
        ids[idCount++] = dense.computeIfAbsent(id, _ -> dense.size());
    }

    /** The requests by arrival, the first at 0. */
    Requests requests(int blockTokens) {
        int[] order = order();
        double first = size == 0 ? 0 : arrivals[order[0]];
        double[] times = new double[size];
        int[] itsPrompts = new int[size];
        int[] itsOutputs = new int[size];
        byte[] itsClasses = new byte[size];
        for (int i = 0; i < size; i++) {
            times[i] = arrivals[order[i]] - first;
            itsPrompts[i] = prompts[order[i]];
            itsOutputs[i] = outputs[order[i]];
            itsClasses[i] = classes[order[i]];
        }
        List<RequestClass> kinds = new ArrayList<>();
        names.keySet().forEach(name -> kinds.add(RequestClass.ALL.named(name)));
        return new Requests(times, itsPrompts, itsOutputs, itsClasses, kinds, hashes(order, blockTokens), null);
    }

    private int[] order() {
        IntStream all = IntStream.range(0, size);
        boolean ascends = IntStream.range(1, size).allMatch(i -> arrivals[i] >= arrivals[i - 1]);
        return ascends
                ? all.toArray()
                : all.boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> arrivals[i])
                                .thenComparing(Comparator.naturalOrder()))
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    private @Nullable Hashes hashes(int[] order, int blockTokens) {
        if (idCount == 0) {
            return null;
        }
        int[] itsStarts = new int[size + 1];
        int[] itsIds = new int[idCount];
        int at = 0;
        for (int i = 0; i < size; i++) {
            itsStarts[i] = at;
            int end = order[i] + 1 < size ? starts[order[i] + 1] : idCount;
            int count = end - starts[order[i]];
            System.arraycopy(ids, starts[order[i]], itsIds, at, count);
            at += count;
        }
        itsStarts[size] = at;
        return new Hashes(blockTokens, itsStarts, itsIds);
    }
}
