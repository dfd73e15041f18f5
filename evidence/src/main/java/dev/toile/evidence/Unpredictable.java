package dev.toile.evidence;

/** A row that Toile cannot predict; the message is the reason, without what tells this row from the next. */
public final class Unpredictable extends Exception {
    private static final long serialVersionUID = 1L;

    Unpredictable(String reason) {
        super(reason, null, false, false);
    }

    /** What is missing, for people. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
