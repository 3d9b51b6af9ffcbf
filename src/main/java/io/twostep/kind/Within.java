package io.twostep.kind;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The numbers that a component of a kind may be, as data: its constructor checks by them, and the catalogue tells them. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Within {

    /** It is greater than this. */
    double above() default Double.NEGATIVE_INFINITY;

    /** It is not less than this; beside {@link #above} of no meaning. */
    double atLeast() default Double.NEGATIVE_INFINITY;

    /** It is less than this. */
    double below() default Double.POSITIVE_INFINITY;

    /** It is not greater than this; beside {@link #below} of no meaning. */
    double atMost() default Double.POSITIVE_INFINITY;
}
