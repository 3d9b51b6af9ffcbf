package io.twostep.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.idempotency.KeyBook.Key;
import io.twostep.idempotency.Once.Past;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Things that are rows of a table, made by two processes on one database. */
@OnEveryDatabase
class OnceTest {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Function<Past, String> AGAIN = past -> past.id() + " again";

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T12:00:00Z"));
    private final InstantSource clock = now::get;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final KeyBook one;
    private final KeyBook other;
    private boolean replayed;

    OnceTest(TestDatabase database) {
        DataSource source = database.migrated();
        jdbc = JdbcClient.create(source);
        jdbc.sql("create table thing (id varchar(40) primary key)").update();
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        context.registerBean(JdbcClient.class, () -> jdbc);
        context.scan("io.twostep.idempotency.store");
        context.refresh();
        AcceptedRequests accepted = context.getBean(AcceptedRequests.class);
        one = new KeyBook(accepted, DAY, clock);
        other = new KeyBook(accepted, DAY, clock);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void makesOneThingOfOneKey() {
        assertThat(once(one, "k", "body").make(making("a"), AGAIN)).isEqualTo("a");
        assertThat(replayed).isFalse();

        assertThat(once(one, "k", "body").make(making("b"), AGAIN)).isEqualTo("a again");
        assertThat(replayed).isTrue();
        assertThat(once(other, "k", "body").make(making("b"), AGAIN)).isEqualTo("a again");
        assertThat(once(one, "l", "body").make(making("c"), AGAIN)).isEqualTo("c");
        assertThat(once(one, null, "body").make(making("d"), AGAIN)).isEqualTo("d");
        assertThat(things()).containsExactly("a", "c", "d");
    }

    @Test
    void refusesAKeyWithAnotherBodyOrQuery() {
        once(one, "k", "body").make(making("a"), AGAIN);

        assertThat(refusal(once(one, "k", "Body"))).isEqualTo(ErrorCode.IDEMPOTENCY_CONFLICT);
        assertThat(refusal(once(one, "k", "body", "name=x"))).isEqualTo(ErrorCode.IDEMPOTENCY_CONFLICT);
        assertThat(replayed).isFalse();
        assertThat(things()).containsExactly("a");
    }

    /** As a connection that breaks between the two writes. */
    @Test
    void keepsNeitherTheThingNorTheKeyIfOneFails() {
        assertThatThrownBy(() -> once(one, "k", "body")
                        .make(
                                made -> transactions.execute(status -> {
                                    insert("a");
                                    made.as("a");
                                    throw new IllegalStateException("killed");
                                }),
                                AGAIN))
                .hasMessage("killed");

        assertThat(things()).isEmpty();
        assertThat(once(one, "k", "another body").make(making("b"), AGAIN)).isEqualTo("b");
    }

    @Test
    void bindsNoKeyToARequestThatWasRefused() {
        assertThatThrownBy(() -> once(one, "k", "bad").make(made -> refuse(), AGAIN))
                .isInstanceOf(ServiceException.class);

        assertThat(once(one, "k", "good").make(making("a"), AGAIN)).isEqualTo("a");
    }

    @Test
    void refusesAKeyWhoseRequestIsBeingWorkedOn() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<String> first = threads.submit(() -> once(one, "k", "body")
                    .make(
                            made -> {
                                working.countDown();
                                await(go);
                                return making("a").apply(made);
                            },
                            AGAIN));
            assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(refusal(once(one, "k", "body"))).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_IN_USE);
            go.countDown();
            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("a");
        } finally {
            threads.shutdownNow();
        }
        assertThat(once(one, "k", "body").make(making("b"), AGAIN)).isEqualTo("a again");
    }

    /** Both processes have looked, and seen that there is nothing, before either writes. */
    @Test
    void makesOneThingThoughTwoProcessesWorkOnOneKey() throws Exception {
        CyclicBarrier bothLooked = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<String> a = threads.submit(() -> once(one, "k", "body").make(after(bothLooked, "a"), AGAIN));
            Future<String> b = threads.submit(() -> once(other, "k", "body").make(after(bothLooked, "b"), AGAIN));
            List<String> answers = List.of(a.get(20, TimeUnit.SECONDS), b.get(20, TimeUnit.SECONDS));

            assertThat(things()).hasSize(1);
            String made = things().get(0);
            assertThat(answers).containsExactlyInAnyOrder(made, made + " again");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void knowsAKeyForADay() {
        once(one, "k", "body").make(making("a"), AGAIN);
        now.updateAndGet(then -> then.plus(DAY));
        assertThat(once(one, "k", "body").make(making("b"), AGAIN)).isEqualTo("a again");

        now.updateAndGet(then -> then.plusMillis(1));
        assertThat(once(one, "k", "another body").make(making("b"), AGAIN)).isEqualTo("b");
    }

    @Test
    void readsWhatNobodyHasReadOfABody() throws IOException {
        RequestDigest whole = new RequestDigest("q");
        whole.watch(body("the body")).readAllBytes();
        RequestDigest part = new RequestDigest("q");
        part.watch(body("the body")).readNBytes(3);
        RequestDigest cut = new RequestDigest("q");
        cut.watch(body("the"));

        assertThat(part.sha256()).isEqualTo(whole.sha256()).isNotEqualTo(cut.sha256());
    }

    private Once once(KeyBook process, @Nullable String key, String body) {
        return once(process, key, body, null);
    }

    private Once once(KeyBook process, @Nullable String key, String body, @Nullable String query) {
        Once once = new Once(
                process,
                key == null ? null : new Key("POST /things", key),
                new RequestDigest(query),
                () -> replayed = true);
        once.watch(body(body));
        return once;
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private Function<Once.Made, String> making(String id) {
        return made -> transactions.execute(status -> {
            insert(id);
            made.as(id);
            return id;
        });
    }

    private Function<Once.Made, String> after(CyclicBarrier barrier, String id) {
        return made -> {
            try {
                barrier.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return making(id).apply(made);
        };
    }

    private void insert(String id) {
        jdbc.sql("insert into thing values (?)").param(id).update();
    }

    private List<String> things() {
        return jdbc.sql("select id from thing order by id").query(String.class).list();
    }

    private ErrorCode refusal(Once once) {
        return catchThrowableOfType(ServiceException.class, () -> once.make(making("refused"), AGAIN))
                .code();
    }

    private static String refuse() {
        throw new ServiceException(ErrorCode.INVALID_REQUEST, "no");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
