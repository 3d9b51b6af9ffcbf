package io.twostep.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    void forcesEverythingBeforeAnybodyReliesOnIt() {
        assumeTrue(Strace.isThere(), "strace is not installed, or may not trace here");

        Discipline seen = seen(CalmLife.usual());

        assertThat(seen.findings()).isEmpty();
        assertThat(seen.sawMuch()).isTrue();
    }

    /** The checks of this test can fail: here nothing is forced but by H2 itself. */
    @Test
    void wouldSeeWhatIsNotForced() {
        assumeTrue(Strace.isThere(), "strace is not installed, or may not trace here");

        assertThat(seen(CalmLife.of(ForgetfulMain.class, folder)).findings())
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

    private static Discipline seen(CalmLife life) {
        Discipline discipline = new Discipline(life.data());
        life.lines().forEach(discipline::see);
        return discipline;
    }
}
