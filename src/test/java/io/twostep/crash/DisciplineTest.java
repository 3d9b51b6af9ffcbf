package io.twostep.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twostep.crash.CrashMain.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is acknowledged would survive a power cut, as far as the calls of one life tell. */
@Tag("crash")
class DisciplineTest {

    @TempDir
    Path folder;

    @Test
    void forcesEverythingBeforeAnybodyReliesOnIt() throws IOException {
        Discipline seen = live(CrashMain.class);

        assertThat(seen.findings()).isEmpty();
        assertThat(seen.sawMuch()).isTrue();
    }

    /** The checks of this test can fail: here nothing is forced but by H2 itself. */
    @Test
    void wouldSeeWhatIsNotForced() throws IOException {
        assertThat(live(ForgetfulMain.class).findings())
                .anyMatch(finding -> finding.contains("got its name before it was forced"))
                .anyMatch(finding -> finding.contains("before the folder was forced"))
                .anyMatch(finding -> finding.contains("acknowledged before it was forced"));
    }

    @Test
    void wouldSeeAFileThatIsWrittenInPlace() {
        Discipline discipline = new Discipline(Path.of("/data"));

        discipline.see("[pid 7] write(9</data/datasets/ds_1.parquet>, \"PAR1\"..., 4) = 4");

        assertThat(discipline.findings()).hasSize(1);
    }

    private Discipline live(Class<?> main) throws IOException {
        assumeTrue(Strace.isThere(), "strace is not installed, or may not trace here");
        Path data = Files.createDirectory(folder.resolve("life")).resolve("data");
        Discipline discipline = new Discipline(data);
        try (Ledger ledger = new Ledger(data.resolveSibling("ledger"))) {
            LeanService life = new LeanService(
                    new LeanService.Plan(Strace.telling(), main.getName(), data, ledger, Work.LIVE, "life", 1),
                    line -> {
                        discipline.see(line);
                        return false;
                    });
            life.awaitEnd();
            assertThat(life.has).as("%s", life.log).containsKey(CrashMain.DONE);
        }
        return discipline;
    }
}
