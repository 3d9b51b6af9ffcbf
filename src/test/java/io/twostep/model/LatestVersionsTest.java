package io.twostep.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class LatestVersionsTest {

    private static final String NAME = "penguins";

    /** What the database says, and how often it was asked. */
    private int stored = 1;

    private int asked;
    private Instant now = Instant.EPOCH;
    private final LatestVersions latest = new LatestVersions(this::ask, () -> now);

    @Test
    void asksOnceWithinAMoment() {
        assertThat(latest.of(NAME)).isEqualTo(1);
        now = now.plus(LatestVersions.REMEMBERED).minusNanos(1);
        stored = 2;
        assertThat(latest.of(NAME)).isEqualTo(1);
        assertThat(asked).isEqualTo(1);

        now = now.plusNanos(1);
        assertThat(latest.of(NAME)).isEqualTo(2);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void asksAgainAfterTheClockWasSetBack() {
        latest.of(NAME);
        now = now.minusSeconds(3600);

        stored = 2;
        assertThat(latest.of(NAME)).isEqualTo(2);
    }

    @Test
    void knowsAtOnceWhatWasPublishedHere() {
        latest.of(NAME);
        latest.publicationBegins(NAME);
        stored = 2; // the transaction is committed, and nobody has been told
        assertThat(latest.of(NAME)).isEqualTo(2);

        latest.published(NAME, 2);
        latest.publicationEnds(NAME);
        int before = asked;
        assertThat(latest.of(NAME)).isEqualTo(2);
        assertThat(asked).isEqualTo(before);
    }

    @Test
    void keepsTheNewerOfTwoAnswersWhicheverArrivesFirst() {
        LatestVersions slow = new LatestVersions(name -> overtaken(), () -> now);
        this.overtaken = slow;

        assertThat(slow.of(NAME)).isEqualTo(2);
        assertThat(slow.of(NAME)).isEqualTo(2);
    }

    @Test
    void reliesOnNothingUntilAllPublicationsAreOver() {
        latest.of(NAME);
        latest.publicationBegins(NAME);
        latest.publicationBegins(NAME);
        latest.publicationEnds(NAME);
        latest.of(NAME);
        latest.of(NAME);
        assertThat(asked).isEqualTo(3);

        latest.publicationEnds(NAME);
        latest.of(NAME);
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void remembersNoNameThatIsNotThere() {
        stored = 0;
        assertThatThrownBy(() -> latest.of(NAME)).isInstanceOf(NoSuchElementException.class);
        stored = 1;
        assertThat(latest.of(NAME)).isEqualTo(1);
    }

    private LatestVersions overtaken = latest;

    /** While the old number is on its way, version 2 is published. */
    private int overtaken() {
        overtaken.published(NAME, 2);
        return 1;
    }

    private int ask(String name) {
        asked++;
        if (stored == 0) {
            throw new NoSuchElementException(name);
        }
        return stored;
    }
}
