package io.twostep.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.training.EpochReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinningTest {

    @Test
    void keepsEverySpike() {
        List<EpochReport> rows = calm(1000);
        rows.set(122, report(123, 99, 0.5));
        rows.set(456, report(457, 1e-9, 0.5));
        rows.set(788, report(789, 1, 77.0));
        rows.set(910, report(911, 1, 1e-8));

        assertThat(epochs(thin(rows, 61))).contains(1, 123, 457, 789, 911, 1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7, 100, 999})
    void keepsNoMoreThanAskedForButFirstAndLast(int most) {
        List<EpochReport> wild = new ArrayList<>();
        for (int epoch = 1; epoch <= 1000; epoch++) {
            wild.add(report(epoch, Math.sin(epoch * 12.9898), Math.sin(epoch * 78.233)));
        }

        List<EpochReport> rows = thin(wild, most);

        assertThat(rows)
                .hasSizeBetween(most < 6 ? Math.min(most, 2) : most / 2, most)
                .isSubsetOf(wild);
        assertThat(epochs(rows)).isSorted().doesNotHaveDuplicates().endsWith(1000);
        assertThat(most == 1 || rows.get(0).epoch() == 1).isTrue();
    }

    @Test
    void keepsTheBestAndTheWorstOfAWatchedMetric() {
        List<EpochReport> rows = new ArrayList<>();
        for (int epoch = 1; epoch <= 1000; epoch++) {
            double metric = epoch == 321 ? 0.9 : epoch == 654 ? 0.1 : 0.5;
            rows.add(new EpochReport(epoch, 1, 0.5, 0.001, 2.5, epoch, epoch < 10 ? null : metric));
        }

        assertThat(epochs(thin(rows, 29))).hasSizeLessThanOrEqualTo(29).contains(1, 321, 654, 1000);
    }

    @Test
    void looksAtTheTrainingLossAloneWhereThereIsNoOther() {
        List<EpochReport> rows = new ArrayList<>();
        for (int epoch = 1; epoch <= 100; epoch++) {
            rows.add(report(epoch, epoch % 10 == 5 ? 9 : epoch % 10 == 7 ? -9 : 1, null));
        }

        assertThat(epochs(thin(rows, 31)))
                .hasSizeLessThanOrEqualTo(31)
                .contains(5, 7, 15, 17, 25, 27, 35, 37, 45, 47, 55, 57, 65, 67, 75, 77, 85, 87, 95, 97, 100);
    }

    @Test
    void takesTheFirstOfEquals() {
        assertThat(epochs(thin(calm(101), 6))).containsExactly(1, 2, 101);
    }

    @Test
    void passesOverWhatCameSinceTheRowsWereCounted() {
        Thinning thinning = new Thinning(new HistorySize(50, 50, 0), 11);
        calm(60).forEach(thinning::add);

        assertThat(epochs(thinning.kept())).endsWith(50);
    }

    private static List<EpochReport> thin(List<EpochReport> rows, int most) {
        long validated =
                rows.stream().filter(row -> row.validationLoss() != null).count();
        long watched = rows.stream().filter(row -> row.metric() != null).count();
        Thinning thinning = new Thinning(new HistorySize(rows.size(), validated, watched), most);
        rows.forEach(thinning::add);
        return thinning.kept();
    }

    private static List<EpochReport> calm(int epochs) {
        return new ArrayList<>(IntStream.rangeClosed(1, epochs)
                .mapToObj(epoch -> report(epoch, 1, 0.5))
                .toList());
    }

    private static EpochReport report(int epoch, double trainLoss, @Nullable Double validationLoss) {
        return new EpochReport(epoch, trainLoss, validationLoss, 0.001, 2.5, epoch * 0.25);
    }

    private static List<Integer> epochs(List<EpochReport> rows) {
        return rows.stream().map(EpochReport::epoch).toList();
    }
}
