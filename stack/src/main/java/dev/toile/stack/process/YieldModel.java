package dev.toile.stack.process;

/** Share of dies without a killing defect, from the mean number of defects on one die. */
public enum YieldModel {
    /** Defects fall independently: {@code exp(-x)}. */
    POISSON {
        @Override
        public double share(double defects, double alpha) {
            return Math.exp(-defects);
        }
    },
    /** Triangular spread of defect densities: {@code ((1 - exp(-x)) / x)^2} (Murphy, Proc. IEEE 52(12), 1964). */
    MURPHY {
        @Override
        public double share(double defects, double alpha) {
            double root = defects == 0 ? 1 : -Math.expm1(-defects) / defects;
            return root * root;
        }
    },
    /** Gamma spread: {@code (1 + x / alpha)^-alpha} (Stapper, IBM J. R&amp;D 27(6), 1983). */
    NEGATIVE_BINOMIAL {
        @Override
        public double share(double defects, double alpha) {
            return Math.pow(1 + defects / alpha, -alpha);
        }
    };

    /**
     * The share.
     *
     * @param defects mean killing defects of one die
     * @param alpha cluster parameter; only the negative binomial asks for it
     */
    public abstract double share(double defects, double alpha);
}
