package dev.toile.bench;

import dev.toile.app.bench.EnumeratedSpace;
import dev.toile.app.bench.EnumeratedStudy;
import dev.toile.app.bench.SearchHypervolume;
import dev.toile.search.Archive;
import dev.toile.search.Method;
import dev.toile.search.Search;
import dev.toile.search.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;

/** How much of the hypervolume of enumerated spaces each search finds, from ten seeds: a table and a plot. */
public final class SearchComparison {

    private static final int SEEDS = 10;
    /** Equal parts of the budget after which is looked. */
    private static final int PARTS = 20;
    /** Trials of the comparison for slow evaluations. */
    private static final int FEW = 250;

    private static final String BEGIN = "<!-- begin of what bench/search writes -->";
    private static final String END = "<!-- end of what bench/search writes -->";

    private SearchComparison() {}

    /**
     * Writes table and plot.
     *
     * @param arguments the page and the plot
     * @throws IOException when one cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        EnumeratedSpace chat = space(EnumeratedStudy.CHAT);
        Map<String, List<List<Double>>> runs = runs(chat);
        EnumeratedSpace experts = space(EnumeratedStudy.EXPERTS);
        String tables = table(EnumeratedStudy.CHAT, chat, runs) + few(chat) + "\n"
                + table(EnumeratedStudy.EXPERTS, experts, runs(experts)) + few(experts);
        Path page = Path.of(arguments[0]);
        String text = Files.readString(page);
        String before = text.substring(0, text.indexOf(BEGIN) + BEGIN.length());
        Files.writeString(page, before + "\n" + tables + text.substring(text.indexOf(END)));
        Files.writeString(Path.of(arguments[1]), ConvergencePicture.of(chat.budget(), runs));
    }

    private static EnumeratedSpace space(EnumeratedStudy study) {
        return EnumeratedSpace.evaluate(study, Runtime.getRuntime().availableProcessors());
    }

    /** The shares that every search finds of a space, by seeds and parts of the budget. */
    private static Map<String, List<List<Double>>> runs(EnumeratedSpace space) {
        Map<String, LongFunction<List<Double>>> searches = new LinkedHashMap<>();
        for (Method method : List.of(Method.NSGA2, Method.RANDOM)) {
            searches.put(name(method), seed -> space.shares(method.optimizer(space.tabled(), seed), PARTS));
        }
        searches.put("MOEA Framework NSGA-II, reals", seed -> shares(space, PeerSearch.trials(space, seed, false)));
        searches.put("MOEA Framework NSGA-II, bits", seed -> shares(space, PeerSearch.trials(space, seed, true)));
        Map<String, List<List<Double>>> runs = new LinkedHashMap<>();
        searches.forEach((name, search) -> {
            List<List<Double>> all = new ArrayList<>();
            for (long seed = 1; seed <= SEEDS; seed++) {
                all.add(search.apply(seed));
            }
            runs.put(name, all);
            System.out.println(row(name, all));
        });
        return runs;
    }

    /** What is found with so few trials as a slow evaluation allows. */
    private static String few(EnumeratedSpace space) {
        StringBuilder out = new StringBuilder("\nWith " + FEW
                + " trials, as a slow evaluation would allow:\n\n| search | quartile | median | quartile |"
                + "\n| --- | --: | --: | --: |\n");
        for (Method method : List.of(Method.SURROGATE, Method.NSGA2, Method.RANDOM)) {
            List<Double> shares = new ArrayList<>();
            for (long seed = 1; seed <= SEEDS; seed++) {
                Archive archive = new Search(space.tabled(), method.optimizer(space.tabled(), seed), 1)
                        .run(FEW, List.of(), (fresh, all) -> {}, () -> false);
                shares.add(space.share(archive.trials()));
            }
            out.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f %% | %.2f %% | %.2f %% |%n",
                    name(method),
                    100 * SearchHypervolume.quantile(shares, 0.25),
                    100 * SearchHypervolume.quantile(shares, 0.5),
                    100 * SearchHypervolume.quantile(shares, 0.75)));
        }
        return out.toString();
    }

    private static String name(Method method) {
        return switch (method) {
            case NSGA2 -> "Toile NSGA-II with descent";
            case SURROGATE -> "Toile surrogate";
            case RANDOM -> "random";
            case EXHAUSTIVE -> "exhaustive";
        };
    }

    private static List<Double> shares(EnumeratedSpace space, List<Trial> trials) {
        List<Double> shares = new ArrayList<>();
        for (int part = 1; part <= PARTS; part++) {
            int end = (int) Math.min(trials.size(), space.budget() * part / PARTS);
            shares.add(space.share(trials.subList(0, end)));
        }
        return shares;
    }

    private static String table(EnumeratedStudy study, EnumeratedSpace space, Map<String, List<List<Double>>> runs) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "**%s.** %,d designs; bounds leave %,d to evaluate, and all were evaluated; %d are on the front."
                        + " Budget %,d trials, %d seeds.%n%n",
                study.title(),
                space.designs(),
                space.trials().values().stream()
                        .filter(trial -> !trial.ruledOut())
                        .count(),
                space.front().size(),
                space.budget(),
                SEEDS));
        out.append("| search | quartile | median | quartile | worst seed | median at a quarter of the budget |\n");
        out.append("| --- | --: | --: | --: | --: | --: |\n");
        runs.forEach((name, all) -> out.append(row(name, all)).append('\n'));
        return out.toString();
    }

    private static String row(String name, List<List<Double>> runs) {
        List<Double> last = runs.stream().map(List::getLast).toList();
        List<Double> early = runs.stream().map(run -> run.get(PARTS / 4 - 1)).toList();
        return String.format(
                Locale.ROOT,
                "| %s | %.2f %% | %.2f %% | %.2f %% | %.2f %% | %.2f %% |",
                name,
                100 * SearchHypervolume.quantile(last, 0.25),
                100 * SearchHypervolume.quantile(last, 0.5),
                100 * SearchHypervolume.quantile(last, 0.75),
                100 * SearchHypervolume.quantile(last, 0),
                100 * SearchHypervolume.quantile(early, 0.5));
    }
}
