package dev.toile.catalog.bind;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The numbers allowed. Without it a number is finite and not negative. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
    /** {@return the least number allowed} */
    double min() default 0;

    /** {@return the greatest number allowed} */
    double max() default Double.POSITIVE_INFINITY;

    /** {@return whether the least number is itself excluded} */
    boolean minExclusive() default false;

    /** {@return whether only whole numbers are allowed} */
    boolean whole() default false;
}
