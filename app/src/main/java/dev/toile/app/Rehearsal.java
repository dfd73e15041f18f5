package dev.toile.app;

import java.io.PrintWriter;

/**
 * What the launcher lets a JVM record for its cache of classes: a study run and the same one simulated, since either
 * loads classes that the other does not.
 */
final class Rehearsal {

    private Rehearsal() {}

    /**
     * Ends without saying whether it worked: the cache has less in it then, and nothing else is worse.
     *
     * @param arguments a study, and a directory to write into
     */
    public static void main(String[] arguments) {
        PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
        String study = arguments[0];
        String out = arguments[1];
        Main.run(nowhere, nowhere, "run", study, "--out", out);
        Main.run(nowhere, nowhere, "simulate", study, "--requests", "1000", "--probe-requests", "1000", "--out", out);
        System.exit(0); // as Main does: leaving loads classes too
    }
}
