package io.twostep.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.error.Problem;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetColumnsTest {

    @Test
    void takesOneOrSeveral() {
        assertThat(TargetColumns.problem("y", null)).isNull();
        assertThat(TargetColumns.problem(null, List.of("a", "b"))).isNull();
        assertThat(TargetColumns.problem(null, names(100))).isNull();
        assertThat(TargetColumns.of("y", null).names()).containsExactly("y");
        assertThat(TargetColumns.of(null, List.of("b", "a")).names()).containsExactly("b", "a");
    }

    @Test
    void refusesWhatIsNeither() {
        refuses(null, null, "/target", "is required, or targets to predict several columns");
        refuses("y", List.of("a", "b"), "/targets", "must not be given beside target");
        refuses(null, List.of(), "/targets", "must be 2 to 100 columns but was 0");
        refuses(null, List.of("a"), "/targets", "must be 2 to 100 columns but was 1: one goes under target");
        refuses(null, names(101), "/targets", "must be 2 to 100 columns but was 101");
        refuses(null, List.of("a", "b", "a"), "/targets/2", "names the column \"a\" again");
    }

    @Test
    void pointsToWhereTheyStand() {
        TargetColumns one = TargetColumns.of("y", null);
        TargetColumns two = TargetColumns.of(null, List.of("a", "b"));

        assertThat(List.of(one.pointer(), one.pointer(0), one.whatItIs()))
                .containsExactly("/target", "/target", "is the target");
        assertThat(List.of(two.pointer(), two.pointer(1), two.whatItIs()))
                .containsExactly("/targets", "/targets/1", "is one of the targets");
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "c" + i).toList();
    }

    private static void refuses(
            @Nullable String target, @Nullable List<String> targets, String pointer, String detail) {
        assertThat(TargetColumns.problem(target, targets)).isEqualTo(new Problem(pointer, detail));
    }
}
