package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.training.LineSearch.Answer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lengths that are found along curves of all sorts, from first lengths that are far too short and far too long. */
class LineSearchTest {

    private static final double C1 = 1e-4;
    private static final double H = 1e-6;

    /** A curve that falls at 0. */
    private record Curve(String name, DoubleUnaryOperator f) {

        private double slope(double t) {
            return (f.applyAsDouble(t + H) - f.applyAsDouble(t - H)) / (2 * H);
        }
    }

    record Case(Curve curve, double first, double c2) {
        @Override
        public String toString() {
            return curve.name + " from " + first + " with c2 = " + c2;
        }
    }

    /** The first two are those of Moré and Thuente, 1994, figures 1 and 2, the second one shifted. */
    private static Stream<Curve> curves() {
        return Stream.of(
                new Curve("a shallow valley", t -> -t / (t * t + 2)),
                new Curve("a steep end", t -> Math.pow(t + 0.1, 5) - 2 * Math.pow(t + 0.1, 4)),
                new Curve("a flat floor", t -> Math.sqrt(1 + Math.pow(1 - t, 2)) * 0.1 + Math.pow(t - 0.7, 2)),
                new Curve("waves", t -> t * t - 3 * t + Math.sin(9 * t) / 4),
                new Curve("an edge", t -> t < 2 ? -Math.log(2 - t) - 3 * t : Double.NaN),
                new Curve("a wall", t -> t < 2 ? -t : Double.POSITIVE_INFINITY));
    }

    static Stream<Case> cases() {
        return curves().filter(curve -> !curve.name.equals("a wall"))
                .flatMap(curve -> Stream.of(1e-3, 0.1, 1.0, 10.0, 1e3)
                        .flatMap(first -> Stream.of(0.9, 0.1).map(c2 -> new Case(curve, first, c2))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fulfilsTheStrongWolfeConditions(Case test) {
        LineSearch search = new LineSearch(C1, test.c2, new double[LineSearch.NUMBERS], 0);

        assertThat(run(search, test.curve, test.first)).isEqualTo(Answer.ACCEPTED);

        double start = test.curve.f.applyAsDouble(0);
        double slope = test.curve.slope(0);
        double t = search.length();
        assertThat(test.curve.f.applyAsDouble(t)).isLessThanOrEqualTo(start + C1 * t * slope);
        assertThat(Math.abs(test.curve.slope(t))).isLessThanOrEqualTo(-test.c2 * slope);
        assertThat(search.trials()).isLessThan(LineSearch.MOST_TRIALS);
        assertThat(search.isUnderWay()).isFalse();
    }

    /** There is no length with a small slope; the best that was seen is gone back to. */
    @Test
    void settlesForTheBestLengthWhereNoneIsGood() {
        LineSearch search = new LineSearch(C1, 0.9, new double[LineSearch.NUMBERS], 0);
        Curve wall = curves().reduce((one, other) -> other).orElseThrow();

        assertThat(run(search, wall, 1)).isEqualTo(Answer.ACCEPTED);

        assertThat(search.length()).isBetween(1.9, 2.0);
        assertThat(search.trials()).isEqualTo(LineSearch.MOST_TRIALS + 1);
    }

    @Test
    void givesUpWhereNothingFalls() {
        LineSearch search = new LineSearch(C1, 0.9, new double[LineSearch.NUMBERS], 0);
        search.begin(1, -1, 1); // the slope promises what the curve does not hold
        Answer answer = Answer.AGAIN;
        while (answer == Answer.AGAIN) {
            answer = search.tell(1 + search.length(), 1);
        }
        assertThat(answer).isEqualTo(Answer.FAILED);
        assertThat(search.trials()).isLessThanOrEqualTo(LineSearch.MOST_TRIALS);
        assertThat(search.isUnderWay()).isFalse();
    }

    /** What it needs to know is in the array. */
    @Test
    void goesOnFromItsNumbers() {
        for (Case test : cases().toList()) {
            double[] numbers = new double[LineSearch.NUMBERS];
            LineSearch calm = new LineSearch(C1, test.c2, new double[LineSearch.NUMBERS], 0);
            new LineSearch(C1, test.c2, numbers, 0)
                    .begin(test.curve.f.applyAsDouble(0), test.curve.slope(0), test.first);
            run(calm, test.curve, test.first);

            Answer answer = Answer.AGAIN;
            while (answer == Answer.AGAIN) {
                numbers = numbers.clone();
                answer = tell(new LineSearch(C1, test.c2, numbers, 0), test.curve);
            }

            assertThat(new LineSearch(C1, test.c2, numbers, 0).length())
                    .as("%s", test)
                    .isEqualTo(calm.length());
        }
    }

    private static Answer run(LineSearch search, Curve curve, double first) {
        search.begin(curve.f.applyAsDouble(0), curve.slope(0), first);
        Answer answer = Answer.AGAIN;
        while (answer == Answer.AGAIN) {
            answer = tell(search, curve);
        }
        return answer;
    }

    private static Answer tell(LineSearch search, Curve curve) {
        double t = search.length();
        return search.tell(curve.f.applyAsDouble(t), curve.slope(t));
    }
}
