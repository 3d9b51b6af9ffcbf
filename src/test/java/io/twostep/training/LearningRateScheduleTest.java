package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.twostep.error.InvalidValueException;
import io.twostep.training.LearningRateSchedule.Cosine;
import io.twostep.training.LearningRateSchedule.OneCycle;
import io.twostep.training.LearningRateSchedule.ReduceOnPlateau;
import io.twostep.training.LearningRateSchedule.Step;
import io.twostep.training.LearningRateSchedule.WarmUp;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LearningRateScheduleTest {

    static Stream<LearningRateSchedule> schedules() {
        return Vocabulary.SCHEDULES.stream();
    }

    @Test
    void meetsEveryKind() {
        assertThat(Vocabulary.missing(LearningRateSchedule.class, Vocabulary.SCHEDULES))
                .isEmpty();
    }

    /** Also where little is planned: one step, or less than a warm-up takes. */
    @ParameterizedTest
    @MethodSource("schedules")
    void neverLeavesTheRoomBetweenNothingAndTheOptimizersRate(LearningRateSchedule schedule) {
        for (long[] plan : new long[][] {{1, 1}, {2, 1}, {3, 3}, {50, 5}, {1_000, 7}}) {
            assertThat(LongStream.range(0, plan[0]).mapToDouble(step -> schedule.factor(step, plan[0], plan[1])))
                    .as("%d steps", plan[0])
                    .allMatch(factor -> factor >= 0 && factor <= 1);
        }
    }

    @Test
    void stepFallsWithEpochs() {
        assertThat(factors(new Step(2, 0.5), 6, 1)).containsExactly(1.0, 1.0, 0.5, 0.5, 0.25, 0.25);
        assertThat(factors(new Step(1, 0.5), 6, 3)).containsExactly(1.0, 1.0, 1.0, 0.5, 0.5, 0.5);
    }

    @Test
    void cosineStartsAgainAfterEachPeriod() {
        Cosine restarts = new Cosine(0, 1, 2);

        assertThat(factors(restarts, 14, 2)).containsExactly(periods(2, 4, 8));
        assertThat(factors(new Cosine(0, 1, 1), 6, 2)).containsExactly(periods(2, 2, 2));
    }

    private static Double[] periods(int... lengths) {
        return Arrays.stream(lengths)
                .boxed()
                .flatMap(length -> factors(new Cosine(0, null, 1), length, 1).stream())
                .toArray(Double[]::new);
    }

    @Test
    void oneCycleRisesToTheTopAndFallsToTheEnd() {
        List<Double> factors = factors(new OneCycle(0.3, 0.04, 4e-6), 100, 10);

        assertThat(factors.get(0)).isCloseTo(0.04, offset(1e-12));
        assertThat(factors.get(29)).isEqualTo(1.0);
        assertThat(factors.get(99)).isCloseTo(4e-6, offset(1e-12));
        assertThat(factors.subList(0, 30)).isSorted();
    }

    @Test
    void warmUpComesBeforeTheWholeCourseOfAnother() {
        WarmUp schedule = new WarmUp(4L, null, new Cosine(0, null, 1));

        List<Double> factors = factors(schedule, 10, 5);

        assertThat(factors.subList(0, 4)).containsExactly(0.2, 0.4, 0.6, 0.8);
        assertThat(factors.subList(4, 10)).isEqualTo(factors(new Cosine(0, null, 1), 6, 5));
    }

    @Test
    void reducesAfterEpochsWithoutProgressAndRests() {
        ReduceOnPlateau schedule = new ReduceOnPlateau(0.5, 2, 0.1, 1, 0.2);

        assertThat(plateaus(schedule, 1, 0.95, 0.95, 0.95, 0.95, 0.95, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5))
                .containsExactly(1.0, 1.0, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.2, 0.2, 0.2, 0.2);
    }

    @Test
    void doesNotTakeTheRiseForAPlateau() {
        WarmUp schedule = new WarmUp(5L, null, new ReduceOnPlateau(0.5, 1, 0.1, 0, 0));
        Plateau begun = schedule.after(Plateau.NONE, 1, 5, 100);

        assertThat(schedule.after(Plateau.NONE, 1, 4, 100)).isSameAs(Plateau.NONE);
        assertThat(begun.reference()).isEqualTo(1);
        assertThat(schedule.after(begun, 1, 6, 100).factor()).isEqualTo(0.5);
    }

    private static List<Double> plateaus(LearningRateSchedule schedule, double... losses) {
        Plateau[] plateau = {Plateau.NONE};
        return DoubleStream.of(losses)
                .mapToObj(loss -> plateau[0] = schedule.after(plateau[0], loss, 100, 1_000))
                .map(Plateau::factor)
                .toList();
    }

    @Test
    void saysWhatDoesNotGoTogether() {
        assertThatThrownBy(() -> new WarmUp(5L, 0.1, new LearningRateSchedule.Constant()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/share must not be given beside steps");
        assertThatThrownBy(() -> new WarmUp(5L, null, new WarmUp(5L, null, new LearningRateSchedule.Constant())))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/then must not be warm_up again");
        assertThatThrownBy(() -> new Cosine(0, null, 2))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/period_growth asks for period_epochs");
    }

    private static List<Double> factors(LearningRateSchedule schedule, long steps, long epochSteps) {
        return LongStream.range(0, steps)
                .mapToObj(step -> schedule.factor(step, steps, epochSteps))
                .toList();
    }
}
