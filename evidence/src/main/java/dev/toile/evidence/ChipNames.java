package dev.toile.evidence;

import dev.toile.catalog.Catalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the catalog's chip in the names that tables use: {@code h100_sxm}, {@code NVIDIA H100-SXM-80GB}, {@code AMD
 * Instinct MI300X 192GB HBM3}.
 *
 * @param catalog that knows the chips
 */
record ChipNames(Catalog catalog) {

    /** The id of the chip that has the text for an alias, else of the one whose id stands in it, the longer of two. */
    Optional<String> find(String text) {
        List<String> words = words(text);
        String whole = String.join("", words);
        return catalog.chips().entrySet().stream()
                .filter(entry -> entry.getValue().aliases().stream()
                        .anyMatch(alias -> String.join("", words(alias)).equals(whole)))
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> within(words));
    }

    private Optional<String> within(List<String> words) {
        return catalog.chips().sequencedKeySet().stream()
                .filter(id -> isIn(words, String.join("", words(id))))
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    String chip(String text) throws Unpredictable {
        return find(text).orElseThrow(() -> new Unpredictable("the catalog has no chip '" + text + "'"));
    }

    /** The first system that carries a chip. */
    String system(String chip) throws Unpredictable {
        return catalog.systems().entrySet().stream()
                .filter(entry -> chip.equals(entry.getValue().chip()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new Unpredictable("the catalog has no system with the chip " + chip));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    /** Whether neighbouring words, joined, are the id, maybe with a number behind: {@code H100 SXM5}. */
    private static boolean isIn(List<String> words, String id) {
        for (int from = 0; from < words.size(); from++) {
            StringBuilder joined = new StringBuilder();
            for (int i = from; i < words.size() && joined.length() < id.length(); i++) {
                joined.append(words.get(i));
            }
            if (joined.toString().matches(id + (Character.isDigit(id.charAt(id.length() - 1)) ? "" : "\\d*"))) {
                return true;
            }
        }
        return false;
    }
}
