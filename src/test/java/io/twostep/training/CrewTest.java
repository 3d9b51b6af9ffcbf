package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.twostep.matrix.Cores;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrewTest {

    /** Rounds of few and of many pieces by turns: who comes late from the one must not begin the other. */
    @Test
    void doesEveryPieceOnceInEveryRound() {
        AtomicIntegerArray times = new AtomicIntegerArray(9);
        try (Crew crew = new Crew(new Cores(3))) {
            for (int round = 1; round <= 200_000; round++) {
                int pieces = round % 2 == 0 ? 9 : 2;
                crew.run(times::incrementAndGet, pieces);
                for (int piece = 0; piece < 9; piece++) {
                    int expected = piece < 2 ? round : round / 2;
                    if (times.get(piece) != expected) {
                        assertThat(times.get(piece))
                                .as("piece %d in round %d", piece, round)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void worksOnAsManyThreadsAsThereAreCores() {
        CyclicBarrier together = new CyclicBarrier(3);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (Crew crew = new Crew(new Cores(3))) {
            crew.run(
                    piece -> {
                        threads.add(Thread.currentThread());
                        meet(together);
                    },
                    3);
        }
        assertThat(threads).hasSize(3).contains(Thread.currentThread());
    }

    @Test
    void leavesTheCoresToRequestsAndToOtherTrainings() {
        Cores cores = new Cores(2, () -> 0); // the moment after a request never ends
        cores.beginTraining();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (Crew crew = new Crew(cores)) {
            cores.beginRequest();
            crew.run(piece -> work(threads), 1_000);
            cores.endRequest();
            crew.run(piece -> work(threads), 1_000); // another request may follow at once

            cores.beginTraining();
            crew.run(piece -> work(threads), 1_000);
        }
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void helpersTakeNoMorePiecesOnceARequestHasBegun() {
        Cores cores = new Cores(2);
        CyclicBarrier together = new CyclicBarrier(2);
        List<Integer> byHelper = new CopyOnWriteArrayList<>();
        Thread caller = Thread.currentThread();
        try (Crew crew = new Crew(cores)) {
            crew.run(
                    piece -> {
                        if (piece == 0 || piece == 999) { // the first ones of both
                            meet(together);
                            if (piece == 0) {
                                cores.beginRequest();
                            }
                            meet(together);
                        }
                        if (Thread.currentThread() != caller) {
                            byHelper.add(piece);
                        }
                    },
                    1_000);
        }
        assertThat(byHelper).containsExactly(0);
    }

    @Test
    void throwsWhatAPieceThrewAndGoesOnAfterwards() {
        CyclicBarrier together = new CyclicBarrier(2);
        Thread caller = Thread.currentThread();
        try (Crew crew = new Crew(new Cores(2))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> crew.run(
                            piece -> {
                                meet(together);
                                if (Thread.currentThread() != caller) {
                                    throw new IllegalStateException("from a helper");
                                }
                            },
                            2))
                    .withMessage("from a helper");
            AtomicIntegerArray times = new AtomicIntegerArray(2);
            crew.run(times::incrementAndGet, 2);
            assertThat(times).hasToString("[1, 1]");
        }
    }

    /** Long enough, a thousand times, for a helper to come if it wants. */
    private static void work(Set<Thread> threads) {
        threads.add(Thread.currentThread());
        RandomStream random = RandomStream.of(1, Purpose.SPLIT);
        double sum = 0;
        for (int i = 0; i < 2_000; i++) {
            sum += random.nextDouble();
        }
        assertThat(sum).isPositive();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the others did not come", e);
        }
    }
}
