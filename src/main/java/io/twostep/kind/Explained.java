package io.twostep.kind;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The mathematics of a kind, where the reader of the code and the reader of the catalogue both find it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Explained {

    /** What it computes, line by line. */
    String[] value();

    /** Where it comes from; empty for what everybody knows. */
    String source() default "";
}
