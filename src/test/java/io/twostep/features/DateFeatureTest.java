package io.twostep.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.twostep.error.InvalidValueException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DateFeatureTest {

    @Test
    void tellsWhereInYearWeekAndDayItIs() {
        DateFeature feature = fit("2024-01-01T06:00", "2025-07-06T18:00"); // a Monday and a Sunday
        assertThat(feature.inputNames())
                .containsExactly(
                        "when epoch",
                        "when year",
                        "when month sine",
                        "when month cosine",
                        "when weekday sine",
                        "when weekday cosine",
                        "when time sine",
                        "when time cosine");
        float[] x = encoded(feature, "2024-01-01T06:00");
        assertThat(x[0]).isCloseTo(-1, within(1e-6f));
        assertThat(x[1]).isCloseTo(-1, within(1e-6f));
        assertThat(List.of(x[2], x[3])).containsExactly(0f, 1f); // January
        assertThat(List.of(x[4], x[5])).containsExactly(0f, 1f); // Monday
        assertThat(x[6]).isCloseTo(1, within(1e-6f)); // a quarter of the day
        assertThat(x[7]).isCloseTo(0, within(1e-6f));
        x = encoded(feature, "2025-07-06T18:00");
        assertThat(x[3]).isCloseTo(-1, within(1e-6f)); // half a year on
        assertThat(x[6]).isCloseTo(-1, within(1e-6f));
    }

    @Test
    void leavesOutWhatIsAlwaysTheSame() {
        assertThat(fit("2024-01-01", "2024-01-08").inputNames()).containsExactly("when epoch");
        assertThat(fit("2024-01-01", "2024-01-01").width()).isEqualTo(1);
    }

    @Test
    void takesOnlyTheWantedParts() {
        DateFeature feature =
                DateFeature.fit(texts("2024-01-01", "2025-07-06"), DateOrder.YEAR_FIRST, EnumSet.of(DatePart.MONTH));
        assertThat(feature.inputNames()).containsExactly("when month sine", "when month cosine");
    }

    @Test
    void saysThatADateIsMissingWhereTrainingRowsLackedSome() {
        DateFeature feature = fit("2024-01-01", null, "2025-07-06");
        assertThat(feature.inputNames()).endsWith("when is missing");
        float[] x = encoded(feature, null);
        assertThat(x[feature.width() - 1]).isEqualTo(1);
        assertThat(x[0]).isZero();
        assertThat(encoded(feature, "2024-01-01")[feature.width() - 1]).isZero();
        assertThat(encoded(fit("2024-01-01", "2025-07-06"), null)).containsOnly(0f);
        assertThat(fit(null, null).inputNames()).containsExactly("when epoch", "when is missing");
    }

    @Test
    void refusesWhatIsNoDate() {
        DateFeature feature = fit("2024-01-01", "2025-07-06");
        assertThat(feature.encode("soon", new float[8], 0))
                .isEqualTo("must be a date such as 2026-01-31 or 2026-01-31T12:00Z but was \"soon\"");
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> fit("2024-01-01", "soon"));
    }

    @Test
    void knowsTheDatesBetweenWhichTrainingLay() {
        DateFeature feature = fit("2024-01-01", "2025-07-06T12:30Z", null);
        assertThat(feature.earliest()).isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(feature.latest()).isEqualTo(Instant.parse("2025-07-06T12:30:00Z"));
        assertThat(feature.isOutOfRange("2023-12-31")).isTrue();
        assertThat(feature.isOutOfRange("2025-07-06T12:31")).isTrue();
        assertThat(feature.isOutOfRange("2025-07-06T12:30")).isFalse();
        assertThat(feature.isOutOfRange("soon")).isFalse();
    }

    @Test
    void isUsedForColumnsOfDatesOnly() {
        Texts dates = new Texts("when", new String[] {"2024-01-01", "2025-07-06"}, DateOrder.YEAR_FIRST);
        ColumnPolicy policy = Encoding.DEFAULT.policy("when", UnseenCategory.OTHER);
        assertThat(Feature.fit(dates, policy)).isInstanceOf(DateFeature.class);
        assertThat(Feature.fit(new Texts("when", dates.values()), policy)).isInstanceOf(Categorical.class);
    }

    private static float[] encoded(DateFeature feature, @Nullable String value) {
        float[] x = new float[feature.width()];
        assertThat(feature.encode(value, x, 0)).isNull();
        return x;
    }

    private static DateFeature fit(@Nullable String... values) {
        return DateFeature.fit(texts(values), DateOrder.YEAR_FIRST, EnumSet.allOf(DatePart.class));
    }

    private static Texts texts(@Nullable String... values) {
        return new Texts("when", values, DateOrder.YEAR_FIRST);
    }
}
