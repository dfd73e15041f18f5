package dev.toile.stack.serving.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A discrete-event simulation of a service: replicas with their engines, and the requests that arrive.
 *
 * @param settings of each engine
 * @param times of steps; one for each simulation, for it may remember
 * @param engines that step together in one replica
 * @param replicas copies of the model
 * @param routing of requests to replicas
 */
public record Simulation(
        EngineSettings settings, Supplier<StepTimes> times, int engines, int replicas, RoutingPolicy routing) {

    /** Checks that there is somebody to serve. */
    public Simulation {
        if (engines < 1 || replicas < 1) {
            throw new IllegalArgumentException(
                    replicas + " replicas of " + engines + " engines; expected at least 1 each");
        }
    }

    /** One engine. */
    public static Simulation of(EngineSettings settings, StepTimes times) {
        return new Simulation(settings, () -> times, 1, 1, RoutingPolicy.ROUND_ROBIN);
    }

    /** Serves all requests. */
    public Served run(Requests requests) {
        return run(requests, "serving");
    }

    Served run(Requests requests, String role) {
        return new Run(requests, new Sequences(requests.size()), role, false).serve();
    }

    /** Serves requests whose prompts another simulation has computed and whose caches arrive a while after. */
    Served runPrefilled(Requests requests, double[] firstTokens) {
        Sequences state = new Sequences(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            state.generated[i] = 1;
            state.firstToken[i] = firstTokens[i];
            state.lastToken[i] = firstTokens[i];
        }
        return new Run(requests, state, "decode", true).serve();
    }

    /** A follower that will arrive. */
    private record Pending(double at, int request) implements Comparable<Pending> {
        @Override
        public int compareTo(Pending other) {
            int byTime = Double.compare(at, other.at);
            return byTime != 0 ? byTime : Integer.compare(request, other.request);
        }
    }

    /** One run with what changes. */
    private final class Run {

        private final Requests requests;
        private final Sequences state;
        private final String role;
        private final Replica[] fleet;
        private final Scheduler[] schedulers;
        private final int[] leaders;
        private final PriorityQueue<Pending> pending = new PriorityQueue<>();
        private final Scheduler.Books books;
        private int leader;
        private int turn;

        Run(Requests requests, Sequences state, String role, boolean prefilled) {
            this.requests = requests;
            this.state = state;
            this.role = role;
            leaders = requests.leaders();
            books = new Scheduler.Books(
                    new Tally(mostTokens(), settings.maxSequences()), new Histogram(), new TimeSeries());
            StepTimes shared = times.get();
            schedulers = new Scheduler[replicas * engines];
            fleet = new Replica[replicas];
            for (int i = 0; i < schedulers.length; i++) {
                schedulers[i] = new Scheduler(settings, requests, state, shared, prefilled, own(i), this::answered);
            }
            for (int i = 0; i < replicas; i++) {
                Scheduler[] ranks = Arrays.copyOfRange(schedulers, i * engines, (i + 1) * engines);
                fleet[i] = new Replica(ranks, shared, settings, state);
            }
        }

        /** Engines count into the same books, but each has a time line of its own, for their clocks differ. */
        private Scheduler.Books own(int engine) {
            return engine == 0 ? books : new Scheduler.Books(books.tally(), books.gaps(), new TimeSeries());
        }

        /** The largest step: a prompt that may not be cut can be longer than the budget. */
        private int mostTokens() {
            int most = settings.tokenBudget();
            if (!settings.chunked()) {
                for (int i = 0; i < requests.size(); i++) {
                    int longest = requests.prompt(i) + requests.output(i);
                    most = Math.max(most, settings.maxSequences() + longest);
                }
            }
            return most;
        }

        private void answered(int request, double at) {
            int follower = requests.follower(request);
            if (follower >= 0) {
                pending.add(new Pending(at + requests.arrival(follower), follower));
            }
        }

        Served serve() {
            while (true) {
                double next = nextArrival();
                advance(next);
                if (nextArrival() == Double.POSITIVE_INFINITY) {
                    break;
                }
                take(nextArrival());
            }
            for (int i = 1; i < schedulers.length; i++) {
                books.series().add(schedulers[i].series);
            }
            Served.Phase phase = new Served.Phase(
                    role, settings, schedulers.length, books.tally(), books.series(), PrefixHits.of(schedulers));
            return new Served(requests, state, books.gaps(), List.of(phase));
        }

        /** When the next request arrives, as far as is known; infinite when none will. */
        private double nextArrival() {
            double led = leader < leaders.length ? requests.arrival(leaders[leader]) : Double.POSITIVE_INFINITY;
            Pending first = pending.peek();
            double followed = first == null ? Double.POSITIVE_INFINITY : first.at();
            return Math.min(led, followed);
        }

        /** Runs all replicas up to a time; where answers cause requests, no further than to the first of those. */
        private void advance(double limit) {
            if (!requests.closedLoop()) {
                for (Replica replica : fleet) {
                    replica.advance(limit);
                }
                return;
            }
            double until = limit;
            for (Replica behind = behind(until); behind != null; behind = behind(until)) {
                behind.advanceOnce(until);
                Pending first = pending.peek();
                until = first == null ? limit : Math.min(limit, first.at());
            }
        }

        /** The busy replica whose clock is furthest behind a time; null when there is none. */
        private @Nullable Replica behind(double limit) {
            @Nullable Replica found = null;
            for (Replica replica : fleet) {
                boolean busy = replica.clock() < limit && !replica.idle();
                if (busy && (found == null || replica.clock() < found.clock())) {
                    found = replica;
                }
            }
            return found;
        }

        private void take(double at) {
            Pending first = pending.peek();
            int request;
            if (first != null && first.at() <= at) {
                request = pending.remove().request();
            } else {
                request = leaders[leader++];
            }
            state.arrived[request] = at;
            int chosen = routing.choose(fleet, request, requests.prompt(request) - 1, turn++);
            fleet[chosen].offer(request, at);
        }
    }
}
