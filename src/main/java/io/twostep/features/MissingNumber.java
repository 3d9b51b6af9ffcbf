package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;

/** What stands for a number that is missing. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface MissingNumber {

    /**
     * The number that is filled in.
     *
     * @param present values of the training rows that have one, ascending; 0 stands for a missing one if there are none
     */
    double fill(double[] present);

    /** The middle of the training rows' values. */
    @JsonTypeName("median")
    @Explained("the median of the training rows that have a value")
    record Median() implements MissingNumber {
        @Override
        public double fill(double[] present) {
            return present.length == 0 ? 0 : present[(present.length - 1) / 2] / 2 + present[present.length / 2] / 2;
        }
    }

    /** Their mean. */
    @JsonTypeName("mean")
    @Explained("the mean of the training rows that have a value")
    record Mean() implements MissingNumber {
        @Override
        public double fill(double[] present) {
            return present.length == 0 ? 0 : Moments.of(present).mean();
        }
    }

    /** A number of one's own. */
    @JsonTypeName("constant")
    @Explained("value")
    record Constant(@Within double value) implements MissingNumber {
        public Constant {
            Bounds.check(Constant.class, value);
        }

        @Override
        public double fill(double[] present) {
            return value;
        }
    }

    /**
     * The median, and one more input that is 1 where the value is missing, if training rows lack it: that it is missing
     * may tell something.
     */
    @JsonTypeName("indicator")
    @Explained("the median, and an input that is 1 where the value is missing")
    record Indicator() implements MissingNumber {
        @Override
        public double fill(double[] present) {
            return new Median().fill(present);
        }
    }
}
