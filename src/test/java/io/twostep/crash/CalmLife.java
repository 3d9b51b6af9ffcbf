package io.twostep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.crash.CrashMain.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole life of the service without its web that nobody disturbs, and what {@link Strace} told of it. Those that end
 * well are all alike: one is lived for all tests.
 *
 * @param data the folder it lived in
 * @param lines what was told, in order
 */
record CalmLife(Path data, List<String> lines) {

    private static final class Usual {
        static final CalmLife LIFE = of(CrashMain.class, LeanJava.room("calm"));
    }

    static CalmLife usual() {
        return Usual.LIFE;
    }

    static CalmLife of(Class<?> main, Path folder) {
        Path data = folder.resolve("data");
        List<String> lines = new ArrayList<>();
        try (Ledger ledger = new Ledger(folder.resolve("ledger"))) {
            LeanService life = new LeanService(
                    new LeanService.Plan(Strace.telling(), main.getName(), data, ledger, Work.LIVE, "life", 1),
                    line -> {
                        lines.add(line);
                        return false;
                    });
            life.awaitEnd();
            assertThat(life.has).as("%s", life.log).containsKey(CrashMain.DONE);
        }
        return new CalmLife(data, lines);
    }
}
