package dev.toile.stack.serving.traffic;

import dev.toile.stack.serving.simulation.RequestClass;
import dev.toile.stack.serving.simulation.Requests;
import dev.toile.stack.serving.simulation.Requests.Hashes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sessions of several turns: each prompt repeats the conversation so far, and comes a while after the last answer. All
 * begin with one system prompt. Some sessions run in the background, while the user is away: nobody thinks between their
 * turns, and nothing is promised to them.
 *
 * @param arrivals when sessions begin
 * @param turn new tokens of a turn: what the user, or a tool, adds
 * @param output tokens of an answer
 * @param shape of a session
 * @param promised to the turns of users
 */
public record AgentSessions(
        Arrivals arrivals, TokenLengths turn, TokenLengths output, Shape shape, RequestClass promised) {

    /** Tokens that are hashed together. */
    private static final int BLOCK = 256;

    /**
     * What a session is like.
     *
     * @param systemPrompt tokens that all sessions begin with
     * @param turns requests of a session, mean; geometrically distributed, as when each turn may be the last
     * @param think seconds between an answer and the user's next turn, mean; exponential
     * @param backgroundShare share of the sessions that run in the background
     * @param longest tokens of a conversation, at which it ends
     */
    public record Shape(int systemPrompt, double turns, double think, double backgroundShare, int longest) {
        /** Checks the ranges. */
        public Shape {
            boolean works = systemPrompt >= 0 && turns >= 1 && think >= 0 && longest > systemPrompt;
            if (!works || !(backgroundShare >= 0 && backgroundShare <= 1)) {
                throw new IllegalArgumentException("sessions of " + turns + " turns after a system prompt of "
                        + systemPrompt + " tokens, thinking for " + think + " s, at most " + longest
                        + " tokens, background share " + backgroundShare + "; expected 1 turn or more, shares up to 1");
            }
        }
    }

    /** About so many requests: whole sessions. */
    public Requests requests(int count, long seed) {
        Building building = new Building(count, new SplittableRandom(seed));
        double[] begins = arrivals.times(count, new SplittableRandom(seed + 1));
        for (int session = 0; building.size < count; session++) {
            building.session(begins[session]);
        }
        return building.done();
    }

    /** Requests while they are made. */
    private final class Building {

        private final SplittableRandom random;
        private double[] times;
        private int[] prompts;
        private int[] outputs;
        private byte[] classes;
        private int[] followers;
        private int[] starts;
        private int[] ids = new int[1024];
        private int idCount;
        private int fresh = shape.systemPrompt() / BLOCK;
        private int size;

        Building(int count, SplittableRandom random) {
            this.random = random;
            times = new double[count];
            prompts = new int[count];
            outputs = new int[count];
            classes = new byte[count];
            followers = new int[count];
            starts = new int[count + 1];
        }

        void session(double begin) {
            boolean background = random.nextDouble() < shape.backgroundShare();
            int context = shape.systemPrompt();
            int[] chain = new int[shape.longest() / BLOCK + 2];
            int known = shape.systemPrompt() / BLOCK;
            for (int i = 0; i < known; i++) {
                chain[i] = i;
            }
            boolean first = true;
            do {
                int prompt = context + turn.draw(random);
                int answer = output.draw(random);
                if (prompt + answer > shape.longest() && !first) {
                    return;
                }
                prompt = Math.min(prompt, shape.longest() - 1);
                answer = Math.min(answer, shape.longest() - prompt);
                context = prompt + answer;
                for (; known < context / BLOCK; known++) {
                    chain[known] = fresh++;
                }
                add(first ? begin : pause(background), prompt, answer, background);
                hashes(chain, context / BLOCK);
                if (!first) {
                    followers[size - 2] = size - 1;
                }
                first = false;
            } while (random.nextDouble() >= 1 / shape.turns());
        }

        private double pause(boolean background) {
            return background ? 0 : shape.think() * Draw.exponential(random);
        }

        private void add(double time, int prompt, int answer, boolean background) {
            if (size == times.length) {
                int more = 2 * size;
                times = Arrays.copyOf(times, more);
                prompts = Arrays.copyOf(prompts, more);
                outputs = Arrays.copyOf(outputs, more);
                classes = Arrays.copyOf(classes, more);
                followers = Arrays.copyOf(followers, more);
                starts = Arrays.copyOf(starts, more + 1);
            }
            times[size] = time;
            prompts[size] = prompt;
            outputs[size] = answer;
            classes[size] = (byte) (background ? 1 : 0);
            followers[size] = -1;
            starts[size++] = idCount;
        }

        private void hashes(int[] chain, int count) {
            while (idCount + count > ids.length) {
                ids = Arrays.copyOf(ids, 2 * ids.length);
            }
            System.arraycopy(chain, 0, ids, idCount, count);
            idCount += count;
        }

        Requests done() {
            starts[size] = idCount;
            Hashes hashes = new Hashes(BLOCK, Arrays.copyOf(starts, size + 1), Arrays.copyOf(ids, idCount));
            return new Requests(
                    Arrays.copyOf(times, size),
                    Arrays.copyOf(prompts, size),
                    Arrays.copyOf(outputs, size),
                    Arrays.copyOf(classes, size),
                    List.of(promised, RequestClass.ALL.named("background")),
                    hashes,
                    Arrays.copyOf(followers, size));
        }
    }
}
