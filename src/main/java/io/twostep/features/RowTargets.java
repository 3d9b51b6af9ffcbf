package io.twostep.features;

import java.util.List;
import java.util.stream.IntStream;

/** The targets of the training rows as numbers whose means say something about a category. */
sealed interface RowTargets {

    /** What each number is; {@link #width()} names. */
    List<String> names();

    default int width() {
        return names().size();
    }

    /** Adds the numbers of a row to {@code sums[at]} and the following. */
    void add(int row, double[] sums, int at);

    /**
     * The mean of some rows in standard deviations of all training rows from their mean, which is 0 then, whatever the
     * unit of the target.
     *
     * @param sum of a number over these rows
     */
    double standardised(int number, double sum, long rows);

    /**
     * The targets as the encoder has learned to see them.
     *
     * @param trainingRows columns of the targets, all rows known to the encoder
     */
    static RowTargets of(TargetEncoder target, Table trainingRows) {
        List<RowTargets> each = target.targets().stream()
                .map(single -> of(single, trainingRows.column(single.column())))
                .toList();
        return each.size() == 1 ? each.get(0) : Several.of(each);
    }

    private static RowTargets of(SingleTarget target, ColumnData trainingRows) {
        return target instanceof NumberTarget number
                ? Quantity.of(number, (Numbers) trainingRows)
                : Classes.of((ClassTarget) target, trainingRows);
    }

    /**
     * The numbers of several targets, one behind the other.
     *
     * @param names of all numbers
     * @param of the target that each number is of
     */
    record Several(List<RowTargets> each, List<String> names, List<Part> of) implements RowTargets {

        /** A number of a target, as one of all. */
        private record Part(RowTargets target, int number) {}

        static Several of(List<RowTargets> each) {
            return new Several(
                    each,
                    each.stream().flatMap(target -> target.names().stream()).toList(),
                    each.stream()
                            .flatMap(target ->
                                    IntStream.range(0, target.width()).mapToObj(number -> new Part(target, number)))
                            .toList());
        }

        @Override
        public void add(int row, double[] sums, int at) {
            int next = at;
            for (RowTargets target : each) {
                target.add(row, sums, next);
                next += target.width();
            }
        }

        @Override
        public double standardised(int number, double sum, long rows) {
            Part part = of.get(number);
            return part.target.standardised(part.number, sum, rows);
        }
    }

    /**
     * One number: the quantity itself, standardised before it is added up, so that huge ones do not overflow.
     *
     * @param values standardised
     */
    @SuppressWarnings("ArrayRecordComponent") // one a row: not copied
    record Quantity(String name, double[] values) implements RowTargets {

        static Quantity of(NumberTarget target, Numbers trainingRows) {
            double scale = target.divisor();
            double[] values = new double[trainingRows.rows()];
            for (int row = 0; row < values.length; row++) {
                values[row] = trainingRows.values()[row] / scale - target.mean() / scale;
            }
            return new Quantity(target.column(), values);
        }

        @Override
        public List<String> names() {
            return List.of(name);
        }

        @Override
        public void add(int row, double[] sums, int at) {
            sums[at] += values[row];
        }

        @Override
        public double standardised(int number, double sum, long rows) {
            return sum / rows;
        }
    }

    /**
     * One number for each class but the first: 1 where the row is of that class, else 0. That of the first class would
     * say nothing new.
     *
     * @param names of the numbers
     * @param labels index of the label of each row
     * @param shares of the classes behind the first among the training rows
     */
    @SuppressWarnings("ArrayRecordComponent") // one a row: not copied
    record Classes(List<String> names, int[] labels, double[] shares) implements RowTargets {

        static Classes of(ClassTarget target, ColumnData trainingRows) {
            int[] labels = target.labelIndices(trainingRows);
            double[] shares = new double[target.labels().size() - 1];
            for (int label : labels) {
                if (label > 0) {
                    shares[label - 1]++;
                }
            }
            for (int i = 0; i < shares.length; i++) {
                shares[i] /= labels.length;
            }
            List<String> names = IntStream.rangeClosed(1, shares.length)
                    .mapToObj(label -> target.column() + "=" + target.labels().get(label))
                    .toList();
            return new Classes(names, labels, shares);
        }

        @Override
        public int width() {
            return shares.length;
        }

        @Override
        public void add(int row, double[] sums, int at) {
            if (labels[row] > 0) {
                sums[at + labels[row] - 1]++;
            }
        }

        @Override
        public double standardised(int number, double sum, long rows) {
            double share = shares[number];
            return (sum / rows - share) / Math.sqrt(share * (1 - share));
        }
    }
}
