package io.twostep.benchmark;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs one benchmark. The first argument is the name of a program of this package ({@code training} for
 * {@link TrainingBenchmark}, {@code growthTable} for {@link GrowthTable}), and the others are its own; or a regular expression for JMH, whose options may follow.
 */
final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws Throwable {
        if (arguments.length == 0) {
            System.out.println("-Dbenchmark=NAME -Dargs=\"...\", where NAME is a program such as training,"
                    + " or a regular expression for these benchmarks of JMH:");
            org.openjdk.jmh.Main.main(new String[] {"-l"});
            return;
        }
        Class<?> program = program(arguments[0]);
        if (program == null) {
            org.openjdk.jmh.Main.main(arguments);
        } else {
            run(program, Arrays.copyOfRange(arguments, 1, arguments.length));
        }
    }

    /** The class of that name, with or without {@code Benchmark} behind it, that has a main method; null if none has. */
    private static Class<?> program(String name) {
        String capitalized = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return Stream.of(capitalized + "Benchmark", capitalized)
                .map(Benchmarks::find)
                .filter(found ->
                        found != null && Stream.of(found.getDeclaredMethods()).anyMatch(Benchmarks::isMain))
                .findFirst()
                .orElse(null);
    }

    private static Class<?> find(String simpleName) {
        try {
            return Class.forName(Benchmarks.class.getPackageName() + "." + simpleName);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static boolean isMain(Method method) {
        return method.getName().equals("main");
    }

    private static void run(Class<?> program, String[] arguments) throws Throwable {
        Method main = program.getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
