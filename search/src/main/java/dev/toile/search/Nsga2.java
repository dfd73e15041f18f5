package dev.toile.search;

import dev.toile.search.Ranking.Ranked;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * NSGA-II over mixed axes (Deb et al., IEEE TEC 6, 2002) with descent through the model as a further operator: as in
 * DOSA (Hong et al., MICRO 2023), steps that the model itself approves lead downhill faster than blind variation. The
 * model is discrete, so a descent tries the neighbours of designs on the front (Paquete, Chiarandini, Stützle, "Pareto
 * Local Optimum Sets in the Biobjective TSP", 2004) and goes on in a direction that led onto the front, twice as far
 * each time. How often an operator is used follows how often it led onto the front lately. Of several proposals a
 * {@link Screen} names the one that promises most; some are taken unseen, for guesses err.
 */
public final class Nsga2 implements Optimizer {

    private enum Operator {
        CROSSOVER,
        MUTATION,
        NEIGHBOUR,
        LINE
    }

    /** Share of the offspring that every operator gets at least. */
    private static final double LEAST_SHARE = 0.1;

    /** Weight of the latest generation in the success of an operator. */
    private static final double FORGETTING = 0.3;

    /** Proposals among which the screen chooses. */
    private static final int CANDIDATES = 15;

    /** One in so many designs is taken unseen. */
    private static final int UNSEEN = 4;

    /** One in so many candidates is drawn from the whole space, against populations that have lost an option. */
    private static final int STRANGERS = 7;

    /** Proposals already known that are put up with for each one wanted. */
    private static final int PATIENCE = 20;

    /** An offspring, how it was made and from what. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Move(Operator operator, int[] from, int[] to) {}

    private final Space space;
    private final SplittableRandom random;
    private final int size;
    private final Archive archive;
    private final Map<Long, Move> pending = new HashMap<>();
    private final Deque<Move> lines = new ArrayDeque<>();
    /** Members of fronts whose neighbours are all known. */
    private final Set<Long> explored = new HashSet<>();

    private final Bounds bounds;
    private final Screen screen;
    private final double[] success = new double[Operator.values().length];
    private List<Ranked> population = List.of();
    private List<Trial> front = List.of();
    private double[] crowding = {};

    /**
     * A search that begins with an even sample.
     *
     * @param problem to be searched
     * @param seed of all its draws
     * @param size of the population, and of each generation
     */
    public Nsga2(Problem problem, long seed, int size) {
        this.space = problem.space();
        this.bounds = new Bounds(problem);
        this.random = new SplittableRandom(seed);
        this.size = size;
        this.archive = new Archive(space);
        this.screen = new Screen(problem, seed);
        Arrays.fill(success, 1.0 / success.length);
    }

    /** The designs it would send to another island: its front, the least crowded first. */
    List<Trial> emigrants(int count) {
        return Ranking.of(front).stream().limit(count).map(Ranked::trial).toList();
    }

    @Override
    public List<int[]> ask(int most) {
        int wanted = Math.min(most, size);
        pending.clear();
        if (population.isEmpty()) {
            stratified(wanted);
        }
        for (int misses = 0; pending.size() < wanted && misses < PATIENCE * wanted; ) {
            Move move = population.isEmpty() ? anywhere() : next();
            if (move == null || !open(move)) {
                misses++;
            } else {
                pending.put(space.number(move.to), move);
            }
        }
        for (int misses = 0; pending.size() < wanted && misses < 100 * PATIENCE * wanted; misses++) {
            Move move = anywhere();
            if (!archive.knows(space.number(move.to))) {
                pending.putIfAbsent(space.number(move.to), move);
            }
        }
        return pending.keySet().stream().sorted().map(space::point).toList();
    }

    /** Whether a proposal is of a design that nobody has tried, asked for or ruled out. */
    private boolean open(Move move) {
        long number = space.number(move.to);
        return !archive.knows(number) && !pending.containsKey(number) && !bounds.ruleOut(move.to);
    }

    /** A proposal: one unseen, or the one of several that promises most. */
    private @Nullable Move next() {
        if (!screen.ready() || random.nextInt(UNSEEN) == 0) {
            return propose(operator());
        }
        Move best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < CANDIDATES; i++) {
            Move move = random.nextInt(STRANGERS) == 0 ? anywhere() : propose(operator());
            if (move == null) {
                continue;
            }
            double promise = screen.promise(move.from, move.to, most);
            // Asked last: few proposals promise more than those before them, and bounds take longer.
            if (promise > most && open(move)) {
                most = promise;
                best = move;
            }
        }
        return best;
    }

    @Override
    public void tell(List<Trial> trials) {
        trials.forEach(archive::add);
        trials.forEach(bounds::add);
        front = archive.front();
        crowding = Ranking.crowding(front);
        Set<Long> onFront = new HashSet<>();
        front.forEach(trial -> onFront.add(trial.number()));
        reward(trials, onFront);
        List<Trial> together = new ArrayList<>(trials);
        population.forEach(member -> together.add(member.trial()));
        population = Ranking.of(together.stream().distinct().toList()).stream()
                .limit(size)
                .toList();
        screen.learn(
                trials,
                archive.trials(),
                front,
                population.stream().map(Ranked::trial).toList());
    }

    private void reward(List<Trial> trials, Set<Long> onFront) {
        double[] used = new double[success.length];
        double[] won = new double[success.length];
        for (Trial trial : trials) {
            Move move = pending.get(trial.number());
            if (move == null) {
                continue;
            }
            used[move.operator.ordinal()]++;
            if (onFront.contains(trial.number())) {
                won[move.operator.ordinal()]++;
                continueLine(move);
            }
        }
        for (int i = 0; i < success.length; i++) {
            if (used[i] > 0) {
                success[i] += FORGETTING * (won[i] / used[i] - success[i]);
            }
        }
    }

    private void continueLine(Move move) {
        if (move.operator == Operator.CROSSOVER) {
            return;
        }
        int[] next = move.to.clone();
        boolean moved = false;
        for (int i = 0; i < next.length; i++) {
            int step = move.to[i] - move.from[i];
            if (step != 0 && space.axes().get(i).ordered()) {
                next[i] = Math.clamp(move.to[i] + 2L * step, 0, space.options(i) - 1);
                moved |= next[i] != move.to[i];
            }
        }
        if (moved) {
            lines.addLast(new Move(Operator.LINE, move.to, space.canonical(next)));
        }
    }

    private Operator operator() {
        Operator[] all = Operator.values();
        double sum = Arrays.stream(success).sum() + 1e-9;
        double drawn = random.nextDouble();
        for (Operator operator : all) {
            double share = LEAST_SHARE + (1 - all.length * LEAST_SHARE) * success[operator.ordinal()] / sum;
            if (drawn < share) {
                return operator;
            }
            drawn -= share;
        }
        return Operator.MUTATION;
    }

    private @Nullable Move propose(Operator operator) {
        return switch (operator) {
            case CROSSOVER -> crossover();
            case MUTATION -> mutation();
            case NEIGHBOUR -> neighbour();
            case LINE -> lines.pollLast();
        };
    }

    private Move anywhere() {
        int[] point = space.random(random);
        return new Move(Operator.CROSSOVER, point, point);
    }

    /** Every option of an axis about as often as any other (a Latin hypercube; McKay, Beckman, Conover 1979). */
    private void stratified(int wanted) {
        int[][] points = new int[wanted][space.dimensions()];
        for (int axis = 0; axis < space.dimensions(); axis++) {
            int[] order = shuffled(wanted);
            for (int i = 0; i < wanted; i++) {
                points[i][axis] = (int) ((order[i] + random.nextDouble()) / wanted * space.options(axis));
            }
        }
        for (int[] point : points) {
            space.canonical(point);
            pending.putIfAbsent(space.number(point), new Move(Operator.CROSSOVER, point, point));
        }
    }

    private int[] shuffled(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Uniform crossover; of two options of an ordered axis also one between, then now and then a mutation. */
    private Move crossover() {
        int[] mother = tournament();
        int[] father = tournament();
        int[] child = mother.clone();
        for (int i = 0; i < child.length; i++) {
            int low = Math.min(mother[i], father[i]);
            int high = Math.max(mother[i], father[i]);
            boolean between = space.axes().get(i).ordered() && random.nextInt(4) == 0;
            child[i] = between ? random.nextInt(low, high + 1) : random.nextBoolean() ? mother[i] : father[i];
            if (random.nextInt(2 * child.length) == 0) {
                child[i] = mutated(i, child[i]);
            }
        }
        return new Move(Operator.CROSSOVER, mother, space.canonical(child));
    }

    /** One to three axes of a design move, mostly one of the front. */
    private Move mutation() {
        int[] from = front.isEmpty() || random.nextInt(4) == 0
                ? tournament()
                : space.point(front.get(member()).number());
        int[] child = from.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0 && child.length > 0; changes--) {
            int axis = random.nextInt(child.length);
            child[axis] = mutated(axis, child[axis]);
        }
        return new Move(Operator.MUTATION, from, space.canonical(child));
    }

    /** Another option: of an ordered axis near ones more often, of others any. */
    private int mutated(int axis, int option) {
        int options = space.options(axis);
        if (options == 1) {
            return option;
        }
        if (!space.axes().get(axis).ordered()) {
            return (option + 1 + random.nextInt(options - 1)) % options;
        }
        int reach = Math.max(1, (int) (options * Math.pow(random.nextDouble(), 3)));
        int moved = option + (random.nextBoolean() ? reach : -reach);
        return Math.clamp(moved, 0, options - 1);
    }

    /** A step that has not been tried, from a member of the front that still has some. */
    private @Nullable Move neighbour() {
        int start = front.isEmpty() ? 0 : member();
        for (int i = 0; i < Math.max(1, front.size()); i++) {
            Trial member = front.isEmpty() ? population.getFirst().trial() : front.get((start + i) % front.size());
            if (explored.contains(member.number())) {
                continue;
            }
            int[] from = space.point(member.number());
            List<int[]> untried = new ArrayList<>();
            for (int[] each : space.neighbours(from)) {
                if (!archive.knows(space.number(each))) {
                    untried.add(each);
                }
            }
            while (!untried.isEmpty()) {
                int[] to = untried.remove(random.nextInt(untried.size()));
                if (!bounds.ruleOut(to)) {
                    return new Move(Operator.NEIGHBOUR, from, to);
                }
            }
            explored.add(member.number());
        }
        return null;
    }

    /** A member of the front: the less crowded of two. */
    private int member() {
        int a = random.nextInt(front.size());
        int b = random.nextInt(front.size());
        return crowding[a] >= crowding[b] ? a : b;
    }

    /** A member of the population: the better of two. */
    private int[] tournament() {
        Ranked a = population.get(random.nextInt(population.size()));
        Ranked b = population.get(random.nextInt(population.size()));
        return space.point((Ranked.ORDER.compare(a, b) <= 0 ? a : b).trial().number());
    }
}
