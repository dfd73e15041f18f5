package dev.toile.stack.serving.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The same scheduler written plainly: visits every sequence in every step, keeps no sums, counts every block. Slow, and
 * the measure of the fast one.
 */
final class PlainEngine {

    static final class Sequence {
        final int request;
        final int prompt;
        final int output;
        final double arrival;
        int computed;
        int generated;
        int blocks;
        boolean decoding;
        int ready;
        double first = Double.NaN;
        double finish = Double.NaN;
        double scheduled = Double.NaN;
        double last = Double.NaN;

        Sequence(Requests requests, int request) {
            this.request = request;
            prompt = requests.prompt(request);
            output = requests.output(request);
            arrival = requests.arrival(request);
        }

        int target() {
            return prompt + generated;
        }

        /** Whether only the newest token is missing in the cache, and the sequence is not being recomputed. */
        boolean decodes() {
            return decoding;
        }
    }

    private final EngineSettings settings;
    private final StepTimes times;
    private final List<Sequence> all = new ArrayList<>();
    private final Deque<Sequence> waiting = new ArrayDeque<>();
    private final List<Sequence> running = new ArrayList<>();
    private int used;
    private int decodeSteps;
    private int steps;
    final List<Double> gaps = new ArrayList<>();
    long preemptions;
    int mostUsed;
    double clock;

    PlainEngine(EngineSettings settings, StepTimes times, Requests requests) {
        this.settings = settings;
        this.times = times;
        for (int i = 0; i < requests.size(); i++) {
            all.add(new Sequence(requests, i));
        }
    }

    List<Sequence> run() {
        int next = 0;
        while (next < all.size() || !running.isEmpty() || !waiting.isEmpty()) {
            boolean waking = running.isEmpty() && waiting.isEmpty();
            if (waking) {
                clock = Math.max(clock, all.get(next).arrival);
            }
            while (next < all.size() && all.get(next).arrival <= clock) {
                Sequence sequence = all.get(next++);
                if (settings.fits(sequence.prompt, sequence.output)) {
                    sequence.ready = steps + (settings.host().overlapped() && !waking ? 1 : 0);
                    waiting.add(sequence);
                }
            }
            if (!running.isEmpty() || !waiting.isEmpty()) {
                step();
            }
        }
        return all;
    }

    private boolean reserves() {
        return settings.policy() == EngineSettings.Policy.TENSORRT_LLM;
    }

    private boolean allocate(Sequence sequence, int tokens) {
        int need = settings.blocksOf(reserves() ? sequence.prompt + sequence.output : tokens) - sequence.blocks;
        if (used + need > settings.blocks()) {
            return false;
        }
        used += need;
        sequence.blocks += need;
        mostUsed = Math.max(mostUsed, used);
        return true;
    }

    private void preempt(Sequence sequence) {
        running.remove(sequence);
        used -= sequence.blocks;
        sequence.blocks = 0;
        sequence.computed = 0;
        sequence.decoding = false;
        waiting.addFirst(sequence);
        preemptions++;
    }

    /** Prompts alone where any can begin, else one token for each; the host looks at the queue now and then only. */
    private void stepPromptsFirst() {
        List<Sequence> chosen = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        int left = settings.tokenBudget();
        boolean looks = running.isEmpty() || decodeSteps % settings.host().every() == 0;
        while (looks && left > 0 && !waiting.isEmpty() && running.size() < settings.maxSequences()) {
            Sequence sequence = waiting.peekFirst();
            int rest = sequence.target() - sequence.computed;
            boolean room =
                    running.isEmpty() || settings.blocks() - used - settings.blocksOf(rest) >= settings.blocks() / 100;
            if ((rest > left && !chosen.isEmpty()) || !room || !allocate(sequence, rest)) {
                break;
            }
            waiting.removeFirst();
            running.add(sequence);
            if (Double.isNaN(sequence.scheduled)) {
                sequence.scheduled = clock;
            }
            chosen.add(sequence);
            counts.add(rest);
            left -= rest;
        }
        if (chosen.isEmpty()) {
            for (int i = 0; i < running.size(); i++) {
                Sequence sequence = running.get(i);
                boolean allocated = allocate(sequence, sequence.computed + 1);
                while (!allocated && running.contains(sequence)) {
                    preempt(running.getLast());
                    allocated = running.contains(sequence) && allocate(sequence, sequence.computed + 1);
                }
                if (!allocated) {
                    break;
                }
                chosen.add(sequence);
                counts.add(1);
            }
            decodeSteps++;
        }
        run(chosen, counts);
    }

    private void step() {
        if (settings.policy() == EngineSettings.Policy.PROMPTS_FIRST) {
            stepPromptsFirst();
            return;
        }
        List<Sequence> chosen = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        int left = settings.tokenBudget();
        boolean preempted = false;
        for (int i = 0; i < running.size() && left > 0; ) {
            Sequence sequence = running.get(i);
            int count = Math.min(left, sequence.target() - sequence.computed);
            boolean allocated = allocate(sequence, sequence.computed + count);
            while (!allocated) {
                Sequence victim = running.getLast();
                preempt(victim);
                preempted = true;
                if (victim == sequence) {
                    break;
                }
                allocated = allocate(sequence, sequence.computed + count);
            }
            if (!allocated) {
                break;
            }
            chosen.add(sequence);
            counts.add(count);
            left -= count;
            i++;
        }
        boolean partial = !running.isEmpty() && !running.getLast().decodes() && !chosen.contains(running.getLast());
        while (!preempted && !partial && left > 0 && !waiting.isEmpty() && running.size() < settings.maxSequences()) {
            Sequence sequence = waiting.peekFirst();
            if (sequence.ready > steps) {
                break;
            }
            int rest = sequence.target() - sequence.computed;
            boolean alone = chosen.stream().allMatch(Sequence::decodes);
            if (rest > left && !settings.chunked() && !alone) {
                break;
            }
            int count = settings.chunked() ? Math.min(rest, left) : rest;
            if (!allocate(sequence, count)) {
                break;
            }
            waiting.removeFirst();
            running.add(sequence);
            if (Double.isNaN(sequence.scheduled)) {
                sequence.scheduled = clock;
            }
            chosen.add(sequence);
            counts.add(count);
            left -= count;
        }
        steps++;
        if (!chosen.isEmpty()) {
            run(chosen, counts);
        }
    }

    private void run(List<Sequence> chosen, List<Integer> counts) {
        int tokens = 0;
        int logits = 0;
        int decodes = 0;
        long contexts = 0;
        double prompts = 0;
        int chunks = 0;
        for (int i = 0; i < chosen.size(); i++) {
            Sequence sequence = chosen.get(i);
            int count = counts.get(i);
            tokens += count;
            if (sequence.computed + count == sequence.target()) {
                logits++;
            }
            if (sequence.decodes()) {
                decodes++;
                contexts += sequence.computed + 1;
            } else {
                prompts += times.prompt(count, sequence.computed);
                chunks++;
            }
        }
        double context = decodes == 0 ? 0 : times.decode(decodes, contexts);
        context += prompts - Math.max(0, chunks - 1) * times.promptLaunch();
        double accelerator = times.tokens(tokens) + times.logits(logits) + context;
        double end = clock
                + (chunks == 0
                        ? settings.host().decodeStep(accelerator, running.size())
                        : settings.host().step(accelerator, running.size()));
        for (int i = 0; i < chosen.size(); i++) {
            advance(chosen.get(i), counts.get(i), end);
        }
        clock = end;
    }

    private void advance(Sequence sequence, int count, double end) {
        sequence.computed += count;
        if (sequence.computed < sequence.target()) {
            return;
        }
        sequence.generated++;
        sequence.decoding = true;
        if (sequence.generated == 1) {
            sequence.first = end;
        } else {
            gaps.add(end - sequence.last);
        }
        sequence.last = end;
        if (sequence.generated == sequence.output) {
            sequence.finish = end;
            running.remove(sequence);
            used -= sequence.blocks;
            sequence.blocks = 0;
        }
    }
}
