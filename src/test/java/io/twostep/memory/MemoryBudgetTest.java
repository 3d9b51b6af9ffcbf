package io.twostep.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget("the.property", 100, 75);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    /** A job that has gone as far as it can: it has what it wants, or stands in the line. */
    private final class Job {

        private final AtomicBoolean stopped = new AtomicBoolean();
        private final CountDownLatch settled = new CountDownLatch(1);
        private final CompletableFuture<Reservation> reservation;

        Job(long wanted) throws InterruptedException {
            reservation = CompletableFuture.supplyAsync(
                    () -> budget.await(wanted, stopped::get, settled::countDown), threads);
            reservation.whenComplete((reserved, thrown) -> settled.countDown());
            assertThat(settled.await(20, TimeUnit.SECONDS)).isTrue();
        }

        boolean waits() {
            return !reservation.isDone();
        }

        Reservation reserved() throws Exception {
            return reservation.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void givesRequestsWhatThereIsAndRefusesTheRest() {
        Reservation most = budget.reserve(90);

        refuses(ErrorCode.BUSY, () -> budget.reserve(11));
        assertThat(budget.reserved()).isEqualTo(90);

        most.close();
        budget.reserve(100).close();
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void refusesForGoodWhatCanNeverFit() {
        budget.reserve(90);

        refuses(ErrorCode.REQUEST_TOO_LARGE, () -> budget.reserve(101));
        refuses(ErrorCode.REQUEST_TOO_LARGE, () -> budget.reserve(Long.MAX_VALUE));
        refuses(ErrorCode.JOB_TOO_LARGE, () -> budget.requireFits(76));
        refuses(ErrorCode.JOB_TOO_LARGE, () -> budget.await(Long.MAX_VALUE, () -> false, () -> {}));
        assertThatThrownBy(() -> budget.requireFits(76))
                .hasMessage("The job needs 76 bytes of memory, and jobs may take 75 bytes of the 100 bytes that"
                        + " the.property allows.");
        assertThatThrownBy(() -> budget.reserve(3 << 20))
                .hasMessage("The request needs 3 MB of memory, more than the 100 bytes that the.property allows.");
    }

    @Test
    void growsAndShrinks() {
        Reservation reservation = budget.reserve(10);
        reservation.grow(60);
        assertThat(budget.reserved()).isEqualTo(70);
        refuses(ErrorCode.BUSY, () -> reservation.grow(31));
        refuses(ErrorCode.REQUEST_TOO_LARGE, () -> reservation.grow(101));
        assertThat(budget.reserved()).isEqualTo(70);

        reservation.shrink(50);
        assertThat(budget.reserved()).isEqualTo(20);
        assertThatThrownBy(() -> reservation.shrink(21)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesBackOnce() {
        Reservation one = budget.reserve(40);
        Reservation other = budget.reserve(40);
        one.close();
        one.close();
        one.shrink(40);
        one.grow(40);

        assertThat(budget.reserved()).isEqualTo(40);
        other.close();
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void letsJobsWaitInTheOrderOfTheirArrival() throws Exception {
        Job running = new Job(60);
        Job large = new Job(70);
        Job small = new Job(5); // would fit at once, but that would be at the cost of the large one
        assertThat(running.waits()).isFalse();
        assertThat(large.waits()).isTrue();
        assertThat(small.waits()).isTrue();

        running.reserved().close();
        large.reserved();
        small.reserved();
        assertThat(budget.reserved()).isEqualTo(75);
    }

    @Test
    void leavesRequestsTheirShareWhateverJobsTake() throws Exception {
        new Job(75).reserved();
        Job next = new Job(75);

        Reservation share = budget.reserve(25);
        refuses(ErrorCode.BUSY, () -> share.grow(1));
        assertThat(next.waits()).isTrue();
    }

    @Test
    void keepsForTheFirstJobWhatItIsAboutToTake() throws Exception {
        Reservation first = budget.reserve(20);
        budget.reserve(20);
        Job job = new Job(75);
        assertThat(job.waits()).isTrue();

        refuses(ErrorCode.BUSY, () -> budget.reserve(10)); // 60 bytes are free, and the job waits for 15 more
        first.close();
        job.reserved();
    }

    @Test
    void lendsRequestsWhatOtherJobsKeepFromTheFirst() throws Exception {
        Job running = new Job(30);
        Job waiting = new Job(60);

        Reservation lent = budget.reserve(70);
        running.reserved().close();
        assertThat(waiting.waits()).isTrue();
        lent.close();
        waiting.reserved();
    }

    @Test
    void letsAJobThatStopsOutOfTheLine() throws Exception {
        Job running = new Job(75);
        Job stopping = new Job(75);
        Job behind = new Job(10);
        stopping.stopped.set(true);

        assertThatThrownBy(stopping.reservation::join).hasCauseInstanceOf(CancellationException.class);
        running.reserved().close();
        behind.reserved().close();
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void givesBackWhatAJobDoesNotNeedAfterAll() throws Exception {
        Job job = new Job(75);
        Job next = new Job(50);
        job.reserved().shrink(50);

        next.reserved();
        assertThat(budget.reserved()).isEqualTo(75);
        Reservation reserved = job.reserved();
        assertThatThrownBy(() -> reserved.grow(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void asksThoseWhoCanSaveBeforeItRefuses() throws Exception {
        Reservation spare = budget.reserve(80);
        List<Long> asked = new ArrayList<>();
        budget.whenShort(missing -> {
            asked.add(missing);
            spare.shrink(missing);
        });

        budget.reserve(30);
        assertThat(asked).containsExactly(10L);
        assertThat(budget.reserved()).isEqualTo(100);

        new Job(60).reserved();
        assertThat(asked).containsExactly(10L, 60L);
    }

    @Test
    void letsARequestWaitThatMay() throws Exception {
        Reservation all = budget.reserve(100);
        CompletableFuture<Reservation> patient =
                CompletableFuture.supplyAsync(() -> budget.reserve(50, Duration.ofMinutes(1)), threads);
        all.shrink(40);
        assertThat(patient).isNotDone();
        all.close();

        patient.get(20, TimeUnit.SECONDS).close();
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void neverGivesMoreThanThereIs() throws Exception {
        AtomicLong held = new AtomicLong();
        AtomicLong most = new AtomicLong();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int seed = 0; seed < 16; seed++) {
            Random random = new Random(seed);
            boolean job = seed % 2 == 0;
            all.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 500; i++) {
                            takeAndGiveBack(job, 1 + random.nextInt(60), held, most);
                        }
                    },
                    threads));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

        assertThat(most.get()).isBetween(1L, 100L);
        assertThat(budget.reserved()).isZero();
    }

    private void takeAndGiveBack(boolean job, long bytes, AtomicLong held, AtomicLong most) {
        try {
            Reservation reserved = job ? budget.await(bytes, () -> false, () -> {}) : budget.reserve(bytes);
            most.accumulateAndGet(held.addAndGet(bytes), Math::max);
            held.addAndGet(-bytes);
            reserved.close();
        } catch (ServiceException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.BUSY);
        }
    }

    private static void refuses(ErrorCode code, ThrowingCallable reserving) {
        assertThatThrownBy(reserving)
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
