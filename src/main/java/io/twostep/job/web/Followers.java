package io.twostep.job.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Lets a bounded number of followers look at their jobs, each a few times a second, without a thread for each. Leaves
 * first when the service stops, since the server waits for answers that are on their way.
 */
final class Followers implements SmartLifecycle, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Followers.class);

    /** A follower has at most as many events of a kind in a second. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final int LOOKING = 4;

    private final int most;
    private final int mostOfOne;
    private final Semaphore places;
    private final Map<String, Integer> callers = new ConcurrentHashMap<>();
    private final Map<Follower, String> present = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads;
    private volatile boolean running;
    private volatile boolean leaving;

    /**
     * @param most who may follow at the same time
     * @param mostOfOne who of them may be of one caller
     */
    Followers(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.places = new Semaphore(most);
        this.threads = Executors.newScheduledThreadPool(LOOKING, task -> {
            Thread thread = new Thread(task, "job-events");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Somebody who wants to know how a job goes on. */
    interface Follower {

        /** Looks, and tells what is new, without waiting; false when there is nothing more to tell or nobody to tell. */
        boolean look();

        /** Nobody will look any more. */
        void leave();
    }

    /** Begins an answer. */
    interface Arrival {
        Follower follower() throws IOException;
    }

    /**
     * Has a follower look until it is done.
     *
     * @param caller on whose share it goes
     * @throws ServiceException {@link ErrorCode#BUSY} if too many are there
     */
    void add(String caller, Arrival arrival) throws IOException {
        admit(caller);
        Follower follower;
        try {
            follower = arrival.follower();
        } catch (IOException | RuntimeException e) {
            release(caller);
            throw e;
        }
        present.put(follower, caller);
        lookSoon(follower);
    }

    private void admit(String caller) {
        if (!places.tryAcquire()) {
            throw tooMany(most + " clients follow jobs");
        }
        if (callers.merge(caller, 1, Integer::sum) > mostOfOne) {
            release(caller);
            throw tooMany(mostOfOne + " clients at this address follow jobs");
        }
    }

    private static ServiceException tooMany(String clients) {
        return new ServiceException(ErrorCode.BUSY, clients + "; ask for the job itself, or again in a moment.");
    }

    private void release(String caller) {
        callers.computeIfPresent(caller, (key, count) -> count == 1 ? null : count - 1);
        places.release();
    }

    /** How many there are. */
    int count() {
        return present.size();
    }

    private void look(Follower follower) {
        boolean goesOn = false;
        try {
            goesOn = !leaving && follower.look();
        } catch (RuntimeException | Error e) {
            log.warn("A follower of a job is let go; it may come back: {}", e.toString());
        }
        if (goesOn) {
            lookSoon(follower);
        } else {
            letGo(follower);
        }
    }

    private void lookSoon(Follower follower) {
        try {
            var unused = threads.schedule(() -> look(follower), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            letGo(follower); // the service has stopped
        }
    }

    private void letGo(Follower follower) {
        String caller = present.remove(follower);
        if (caller != null) {
            release(caller);
            follower.leave();
        }
    }

    @Override
    public void start() {
        leaving = false;
        running = true;
    }

    /** Ends all answers; who comes now has an empty one. */
    @Override
    public void stop() {
        running = false;
        leaving = true;
        present.keySet().forEach(this::letGo);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
