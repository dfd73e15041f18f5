package dev.toile.stack.figure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A constant of a model as one component of a record: its unit and meaning stand here once, for the catalog that reads
 * it, the calibration that fits it and the documentation that lists it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Constant {

    /** Unit of the value in SI as it is stored, such as {@code s} or {@code 1}. */
    String unit();

    /** What it is, in a few words. */
    String meaning();

    /** Least value that a fit may try. */
    double low() default 0;

    /** Largest value that a fit may try. */
    double high() default Double.POSITIVE_INFINITY;

    /**
     * The value with which its mechanism is gone, for ablations; not a number for none of a time or a length and all of a
     * share.
     */
    double without() default Double.NaN;

    /** Whether a calibration may move it; a convention or a datum of the hardware stays as it is. */
    boolean fitted() default true;
}
