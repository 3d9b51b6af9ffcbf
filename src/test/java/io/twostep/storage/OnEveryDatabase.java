package io.twostep.storage;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs all tests of a class once on each {@link TestDatabase}, which its constructor takes:
 *
 * <pre>{@code
 * @OnEveryDatabase
 * class JdbcThingsTest {
 *     private final Things things;
 *
 *     JdbcThingsTest(TestDatabase database) {
 *         things = new JdbcThings(JdbcClient.create(database.migrated()));
 *     }
 * }
 * }</pre>
 *
 * JUnit makes a new instance for each test method, so each test starts on an empty database.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@EnumSource(TestDatabase.class)
public @interface OnEveryDatabase {}
