package dev.toile.report;

/** Moves labels in a column apart until none touches the next, and none further than it must. */
final class Spread {

    private Spread() {}

    /**
     * Places in the order of the wanted ones, at least a gap apart, inside the bounds if there is room: those with the
     * least sum of squared moves (isotonic regression by pooling adjacent violators; Ayer et al., Annals of
     * Mathematical Statistics 26(4), 1955).
     *
     * @param wanted places from top to bottom
     */
    static double[] apart(double[] wanted, double gap, double top, double bottom) {
        double[] means = new double[wanted.length];
        int[] sizes = new int[wanted.length];
        int blocks = 0;
        for (int i = 0; i < wanted.length; i++) {
            // Without the gaps, labels may touch but not change places.
            means[blocks] = wanted[i] - i * gap;
            sizes[blocks++] = 1;
            while (blocks > 1 && means[blocks - 2] > means[blocks - 1]) {
                int together = sizes[blocks - 2] + sizes[blocks - 1];
                means[blocks - 2] =
                        (means[blocks - 2] * sizes[blocks - 2] + means[blocks - 1] * sizes[blocks - 1]) / together;
                sizes[blocks-- - 2] = together;
            }
        }
        double most = Math.max(top, bottom - (wanted.length - 1) * gap);
        double[] places = new double[wanted.length];
        int at = 0;
        for (int block = 0; block < blocks; block++) {
            double mean = Math.clamp(means[block], top, most);
            for (int i = 0; i < sizes[block]; i++) {
                places[at] = mean + at * gap;
                at++;
            }
        }
        return places;
    }
}
